import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { EnvironmentState } from "../../features/delivery/index.ts";
import { createChannels } from "../shared/channels.ts";
import { Refusal } from "./errors.ts";
import { eventTag } from "./etag.ts";
import { COMMON } from "./headers.ts";
import type { DoorParts } from "./services.ts";
import type { StreamToken } from "./stream-token.ts";

const PATH = "/ofrep/v1/stream";
const HEADERS = [...COMMON, "Content-Type", "text/event-stream", "X-Accel-Buffering", "no", "Connection", "keep-alive"];
/** A browser comes again after as many milliseconds, or up to this many more: not all in one moment. */
const RETRY_MS = 1_000;
const RETRY_SPREAD_MS = 4_000;

/** Where a client listens; it resolves the path against the address it asks. */
export const streamAddress = ({ text }: StreamToken): string => `${PATH}?token=${text}`;

/** Tells clients that something changed, so that they ask again; the event says how new the answer must be. */
export function registerStream(scope: FastifyInstance, { delivery, tokens }: DoorParts): void {
  const channels = createChannels(scope, { delivery, door: "ofrep", eventOf, repeatsMs: [] });

  const listen = async (request: FastifyRequest, reply: FastifyReply) => {
    const holder = tokens.read(queryText(request.query, "token") ?? "");
    const hub = holder && (await delivery.environment(holder.environmentId));
    if (!holder || !hub || !delivery.isKeyInForce(holder)) {
      throw new Refusal(401, "GENERAL", "This address is no longer good; ask for the flags again and use the new one.");
    }
    const seen = request.headers["last-event-id"];
    reply.hijack();
    if (reply.raw.destroyed) return reply;
    reply.raw.writeHead(200, HEADERS);
    if (request.method === "HEAD") {
      reply.raw.end();
      return reply;
    }
    reply.raw.write(`retry: ${Math.round(RETRY_MS + Math.random() * RETRY_SPREAD_MS)}\n\n`);
    // Also told at once where it does not say what it has: something may have changed since its flags were answered.
    channels.of(holder, hub).add(reply.raw, seen === hub.current().position);
    return reply;
  };

  for (const slash of ["", "/"]) scope.get(`${PATH}${slash}`, listen);
}

function eventOf(state: EnvironmentState): string {
  const lastModified = Math.floor(state.updatedAt.getTime() / 1_000);
  const data = JSON.stringify({ type: "refetchEvaluation", etag: eventTag(state), lastModified });
  return `id: ${state.position}\nevent: message\ndata: ${data}\n\n`;
}

function queryText(query: unknown, name: string): string | undefined {
  const value = typeof query === "object" && query !== null ? (query as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === "string" ? value : undefined;
}
