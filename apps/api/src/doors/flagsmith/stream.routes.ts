import { HEARTBEAT_MS } from "@halyard/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Channel, openChannel } from "./channel.ts";
import { refuse } from "./errors.ts";
import { COMMON } from "./headers.ts";
import type { DoorServices } from "./services.ts";

const HEADERS = [...COMMON, "Content-Type", "text/event-stream", "X-Accel-Buffering", "no", "Connection", "keep-alive"];

/** Tells whoever listens that the environment changed; they ask for their flags then. The key is in the address, as browsers cannot send headers here. */
export function registerStream(scope: FastifyInstance, { delivery }: DoorServices): void {
  const channels = new Map<string, Channel>();

  const listen = async (request: FastifyRequest<{ Params: { key: string } }>, reply: FastifyReply) => {
    const { key } = request.params;
    const holder = await delivery.resolveKey(key);
    if (holder.kind !== "client")
      throw refuse(403, "A server-side key is a secret and belongs in no address; use the client-side key.");
    const hub = await delivery.environment(holder.environmentId);
    if (request.method === "HEAD") {
      reply.hijack();
      reply.raw.writeHead(200, HEADERS).end();
      return reply;
    }
    if (reply.raw.destroyed) return reply.hijack();
    const channel =
      channels.get(key) ??
      openChannel(hub, { isKeyGood: () => delivery.isKeyInForce(holder), onEmpty: () => channels.delete(key) });
    channels.set(key, channel);
    reply.hijack();
    reply.raw.writeHead(200, HEADERS);
    channel.add(reply.raw);
    return reply;
  };

  for (const slash of ["", "/"]) scope.get(`/sse/environments/:key/stream${slash}`, listen);

  const heartbeat = setInterval(() => {
    for (const channel of channels.values()) channel.beat();
  }, HEARTBEAT_MS);
  heartbeat.unref();
  // Before the server waits for its connections to end: these never would.
  scope.addHook("preClose", () => {
    clearInterval(heartbeat);
    for (const channel of channels.values()) channel.close();
  });
}
