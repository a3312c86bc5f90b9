import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { EnvironmentState } from "../../features/delivery/index.ts";
import { createChannels } from "../shared/channels.ts";
import { refuse } from "./errors.ts";
import { COMMON, seconds } from "./headers.ts";
import type { DoorServices } from "./services.ts";

const HEADERS = [...COMMON, "Content-Type", "text/event-stream", "X-Accel-Buffering", "no", "Connection", "keep-alive"];
/** The newest event again: a client drops it while it is fetching, and one on another node may have fetched too early. */
const REPEATS_MS = [1_000, 5_000];

/** Tells whoever listens that the environment changed; they ask for their flags then. The key is in the address, as browsers cannot send headers here. */
export function registerStream(scope: FastifyInstance, { delivery }: DoorServices): void {
  const channels = createChannels(scope, { delivery, door: "flagsmith", eventOf, repeatsMs: REPEATS_MS });

  const listen = async (request: FastifyRequest<{ Params: { key: string } }>, reply: FastifyReply) => {
    const holder = await delivery.resolveKey(request.params.key);
    if (holder.kind !== "client")
      throw refuse(403, "A server-side key is a secret and belongs in no address; use the client-side key.");
    const hub = await delivery.environment(holder.environmentId);
    reply.hijack();
    if (reply.raw.destroyed) return reply;
    reply.raw.writeHead(200, HEADERS);
    if (request.method === "HEAD") reply.raw.end();
    else channels.of(holder, hub).add(reply.raw);
    return reply;
  };

  for (const slash of ["", "/"]) scope.get(`/sse/environments/:key/stream${slash}`, listen);
}

const eventOf = ({ updatedAt }: EnvironmentState): string =>
  `event: environment_updated\ndata: {"updated_at": ${seconds(updatedAt)}}\n\n`;
