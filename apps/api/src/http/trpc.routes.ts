import type { IncomingMessage } from "node:http";
import type { TRPCError } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type WebSocket, WebSocketServer } from "ws";
import { actorRef } from "../actor.ts";
import type { Context, Services } from "../context.ts";
import { AppError, RETRY_AFTER_SECONDS } from "../errors.ts";
import { appRouter } from "../router.ts";
import { toTRPCError } from "../trpc.ts";
import type { Authenticate } from "./authenticate.ts";
import { isSameOrigin } from "./origin.ts";
import { refuseUpgrade, type Upgrades } from "./upgrades.ts";

export interface TrpcOptions {
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly baseUrl: string;
}

const MAX_BATCH = 20;
/** Most bytes of one message; over WebSocket come questions, not imports. */
const MAX_PAYLOAD = 1_000_000;
const PING_MS = 30_000;
/** A signed-out person or a revoked key is noticed on an open socket within this time. */
const RECHECK_MS = 60_000;
const SIGNED_OUT = 4401;

export const isUnavailable = (error: TRPCError): boolean => error.cause instanceof AppError && error.cause.code === "unavailable";

/** A context for one HTTP request. @throws TRPCError */
export async function createHttpContext(request: FastifyRequest, { services, authenticate }: TrpcOptions): Promise<Context> {
  try {
    const actor = await authenticate(request.headers);
    return { ...services, actor, request: { address: request.ip, requestId: request.id } };
  } catch (error) {
    throw refusal(error, services);
  }
}

/** Made before any procedure runs, so its failure is logged here. */
function refusal(error: unknown, { log }: Services): TRPCError {
  const known = toTRPCError(error);
  if (known.code === "INTERNAL_SERVER_ERROR" || isUnavailable(known))
    log.error({ err: error }, "who asks could not be found out");
  return known;
}

export function registerTrpc(scope: FastifyInstance, options: TrpcOptions): void {
  const { log } = options.services;
  // tRPC reads the text itself; all else than JSON is refused before it arrives there.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => done(null, body));
  scope.all<{ Params: { path: string } }>("/trpc/:path", async (req, res) => {
    res.header("cache-control", "no-store");
    await fastifyRequestHandler({
      router: appRouter,
      req,
      res,
      path: req.params.path,
      maxBatchSize: MAX_BATCH,
      createContext: () => createHttpContext(req, options),
      responseMeta: ({ errors }) =>
        errors.some(isUnavailable) ? { headers: new Headers({ "retry-after": String(RETRY_AFTER_SECONDS) }) } : {},
      onError: ({ error, path }) => log.debug({ err: error, path }, "a call was refused"),
    });
  });
}

/** The same procedures and the live subscriptions over WebSocket, for the dashboard. @returns closes all sockets */
export function registerTrpcSocket(upgrades: Upgrades, options: TrpcOptions): () => void {
  const { services, authenticate, baseUrl } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });
  const handler = applyWSSHandler({
    wss: sockets,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    keepAlive: { enabled: true, pingMs: PING_MS },
    createContext: async ({ req }): Promise<Context> => {
      try {
        const actor = await authenticate(req.headers);
        return { ...services, actor, request: { address: req.socket.remoteAddress ?? null, requestId: null } };
      } catch (error) {
        throw refusal(error, services);
      }
    },
    onError: ({ error, path }) => services.log.debug({ err: error, path }, "a call over WebSocket was refused"),
  });
  upgrades.add("/trpc", (request, socket, head) => {
    // Browsers let any site open a socket and send the visitor's cookie with it.
    const { origin, cookie } = request.headers;
    if ((origin !== undefined || cookie !== undefined) && !isSameOrigin(request.headers, baseUrl)) {
      refuseUpgrade(socket, 403);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      recheck(ws, request, options);
      sockets.emit("connection", ws, request);
    });
  });
  return () => {
    handler.broadcastReconnectNotification();
    for (const ws of sockets.clients) {
      ws.close(1012);
      ws.terminate();
    }
    sockets.close();
  };
}

function recheck(ws: WebSocket, request: IncomingMessage, { services, authenticate }: TrpcOptions): void {
  let was: string | undefined;
  const look = async () => {
    try {
      const actor = await authenticate(request.headers);
      const now = actor ? actorRef(actor) : "nobody";
      was ??= now;
      if (now !== was) ws.close(SIGNED_OUT);
    } catch (error) {
      // The database may be away for a while; a key that is refused is final.
      if (error instanceof AppError && error.code === "unauthenticated") ws.close(SIGNED_OUT);
      else services.log.debug({ err: error }, "a socket's session could not be looked at");
    }
  };
  void look();
  const timer = setInterval(() => void look(), RECHECK_MS);
  ws.once("close", () => clearInterval(timer));
}
