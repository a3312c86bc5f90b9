import { CLOSE, type ErrorBody, SSE_PATHS } from "@halyard/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError, type Hub, type KeyHolder, RETRY_AFTER_SECONDS, toAppError } from "../../../features/delivery/index.ts";
import { createAdmission } from "../admission.ts";
import type { Asker } from "../asker.ts";
import { environmentInput, flagsInput } from "../input.ts";
import { STREAM_LIMITS, type StreamLimits } from "../limits.ts";
import type { Subscription } from "../outlet.ts";
import type { StreamServices } from "../trpc.ts";
import { CORS, HEADERS } from "./headers.ts";
import { keyOf, readInput } from "./input.ts";
import { ResponseOutlet } from "./outlet.ts";

/** How soon a key that was revoked stops hearing anything, and how often readers are looked at. */
const WATCH_MS = 1_000;

interface Wish {
  readonly request: FastifyRequest;
  readonly asker: Asker;
  readonly hub: Hub;
}

type Subscribe = (outlet: ResponseOutlet) => Subscription;

/** The streams as server-sent events, for where no WebSocket can be had. They join the same topics, and are sent the same events. */
export function registerServerSentEvents(
  scope: FastifyInstance,
  { delivery, log, topics, limits = STREAM_LIMITS }: StreamServices & { readonly limits?: StreamLimits },
): void {
  const { counts } = delivery;
  const admission = createAdmission(limits, counts);
  const outlets = new Set<ResponseOutlet>();

  const toEnvironment = ({ request, asker, hub }: Wish): Subscribe => {
    if (asker.holder.kind !== "server") {
      throw new AppError("forbidden", "A client-side key may listen to `flags` only; use a server key for `environment`.");
    }
    const input = readInput(environmentInput, request);
    return (outlet) => topics.environment(hub).subscribe(input, outlet);
  };
  const toFlags = ({ request, asker, hub }: Wish): Subscribe => {
    const input = readInput(flagsInput, request);
    return (outlet) => topics.flags(hub).subscribe({ ctx: asker, hub, input }, outlet);
  };

  const listen = (toSubscribe: (wish: Wish) => Subscribe) => async (request: FastifyRequest, reply: FastifyReply) => {
    const holder = await delivery.resolveKey(keyOf(request));
    const hub = await delivery.environment(holder.environmentId);
    const subscribe = toSubscribe({ request, asker: { delivery, log, holder, mayStore: request.method === "POST" }, hub });
    if (request.method === "HEAD") {
      reply.hijack();
      reply.raw.writeHead(200, HEADERS).end();
      return reply;
    }
    const leave = enter(request.ip, holder);
    reply.raw.on("close", leave);
    reply.hijack();
    if (reply.raw.destroyed) leave();
    else open(reply, holder, subscribe);
    return reply;
  };

  /** @throws AppError `unavailable` or `rate_limited` */
  function enter(address: string, { keyId }: KeyHolder): () => void {
    const entered = admission.enter(address);
    if (typeof entered === "string") {
      throw entered === "address"
        ? new AppError("rate_limited", "This address has too many connections here. Close some, or try again later.")
        : new AppError("unavailable", "There is no room for another connection now. Try again in a few seconds.");
    }
    const leaveKey = admission.enterKey(keyId);
    if (!leaveKey) {
      entered();
      throw new AppError("rate_limited", "This environment key has too many connections here. Close some, or try again later.");
    }
    counts.open.connections++;
    counts.total.connections++;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      counts.open.connections--;
      entered();
      leaveKey();
    };
  }

  function open(reply: FastifyReply, holder: KeyHolder, subscribe: Subscribe): void {
    const response = reply.raw;
    const outlet = new ResponseOutlet({ response, holder, counts, onFail: (error) => refuse(reply, error) });
    outlets.add(outlet);
    response.on("close", () => {
      outlets.delete(outlet);
      outlet.stop();
    });
    outlet.subscription = subscribe(outlet);
  }

  const watch = setInterval(() => {
    for (const outlet of outlets) {
      outlet.watch();
      if (delivery.isKeyInForce(outlet.holder)) continue;
      counts.closed.unauthenticated++;
      outlet.close(CLOSE.unauthenticated);
    }
  }, WATCH_MS);
  watch.unref();
  // Before the server waits for its connections to end: these never would.
  scope.addHook("preClose", () => {
    admission.shut();
    clearInterval(watch);
    counts.closed.restart += outlets.size;
    for (const outlet of outlets) outlet.close(CLOSE.restart);
  });

  for (const [url, handler] of [
    [SSE_PATHS.environment, listen(toEnvironment)],
    [SSE_PATHS.flags, listen(toFlags)],
  ] as const) {
    scope.route({ method: ["GET", "POST"], url, handler, errorHandler: answerError });
  }
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body, isOurs } = refusalOf(error);
  // The address may hold a key, so it is not logged.
  if (isOurs) request.log.error({ err: error }, "a stream of events could not be opened");
  if (status === 503 || status === 429) void reply.header("Retry-After", RETRY_AFTER_SECONDS);
  void reply.code(status).headers(CORS).send(body);
}

/** Once the response was taken out of Fastify's hands. */
function refuse({ raw, log }: FastifyReply, error: unknown): void {
  const { status, body, isOurs } = refusalOf(error);
  if (isOurs) log.error({ err: error }, "a stream of events failed");
  raw.writeHead(status, {
    ...CORS,
    "Content-Type": "application/json",
    ...(status === 503 && { "Retry-After": RETRY_AFTER_SECONDS }),
  });
  raw.end(JSON.stringify(body));
}

function refusalOf(error: unknown): { readonly status: number; readonly body: ErrorBody; readonly isOurs: boolean } {
  const isFramework = error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
  if (isFramework && Number(error.statusCode) < 500) {
    const status = Number(error.statusCode);
    return { status, body: { code: status === 413 ? "too_large" : "invalid", message: error.message }, isOurs: false };
  }
  const { status, code, message, details } = toAppError(error);
  const body: ErrorBody = { code, message, ...(details.fields && { fields: details.fields }) };
  return { status, body, isOurs: code === "internal" };
}
