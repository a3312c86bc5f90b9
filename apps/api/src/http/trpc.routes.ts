import type { IncomingMessage } from "node:http";
import type { TRPCError } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { WebSocketServer } from "ws";
import type { Context, Services } from "../context.ts";
import { AppError, retryAfter } from "../errors.ts";
import { appRouter } from "../router.ts";
import { toTRPCError } from "../trpc.ts";
import type { Authenticate } from "./authenticate.ts";
import { refuseDeepJson } from "./json.ts";
import { isSameOrigin } from "./origin.ts";
import { createSocketWatch } from "./socket-watch.ts";
import { refuseUpgrade, type Upgrades } from "./upgrades.ts";

export interface TrpcOptions {
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly baseUrl: string;
  /** The caller's address, past those proxies that are believed. */
  readonly addressOf: (request: IncomingMessage) => string | null;
}

const MAX_BATCH = 20;
/** Most bytes of one message; over WebSocket come questions, not imports. */
const MAX_PAYLOAD = 1_000_000;
const PING_MS = 30_000;

const isUnavailable = (error: TRPCError): boolean => error.cause instanceof AppError && error.cause.code === "unavailable";

/** Seconds after which it is worth trying again, or `undefined`. */
export const waitFor = (error: TRPCError): number | undefined =>
  error.cause instanceof AppError ? retryAfter(error.cause) : undefined;

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
  scope.addContentTypeParser<string>("application/json", { parseAs: "string" }, (_request, body, done) => {
    refuseDeepJson(body);
    done(null, body);
  });
  scope.all<{ Params: { path: string } }>("/trpc/:path", async (req, res) => {
    res.header("cache-control", "no-store");
    await fastifyRequestHandler({
      router: appRouter,
      req,
      res,
      path: req.params.path,
      maxBatchSize: MAX_BATCH,
      createContext: () => createHttpContext(req, options),
      responseMeta: ({ errors }) => {
        const waits = errors.flatMap((error) => waitFor(error) ?? []);
        return waits.length > 0 ? { headers: new Headers({ "retry-after": String(Math.max(...waits)) }) } : {};
      },
      onError: ({ error, path }) => log.debug({ err: error, path }, "a call was refused"),
    });
  });
}

/** The same procedures and the live subscriptions over WebSocket, for the dashboard. @returns closes all sockets */
export function registerTrpcSocket(upgrades: Upgrades, options: TrpcOptions): () => void {
  const { services, authenticate, baseUrl, addressOf } = options;
  const watch = createSocketWatch({ db: services.db, sessions: services.signIn.sessions, log: services.log });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });
  const handler = applyWSSHandler({
    wss: sockets,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    keepAlive: { enabled: true, pingMs: PING_MS },
    createContext: async ({ req, res }): Promise<Context> => {
      try {
        const actor = await authenticate(req.headers);
        watch.add(res, actor);
        return { ...services, actor, request: { address: addressOf(req), requestId: null } };
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
      sockets.emit("connection", ws, request);
    });
  });
  return () => {
    watch.close();
    handler.broadcastReconnectNotification();
    for (const ws of sockets.clients) {
      ws.close(1012);
      ws.terminate();
    }
    sockets.close();
  };
}
