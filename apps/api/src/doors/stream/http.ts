import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance } from "fastify";
import { AppError, RETRY_AFTER_SECONDS, toAppError } from "../../features/delivery/index.ts";
import type { StreamLimits } from "./limits.ts";
import { sdkRouter } from "./router.ts";
import { CORS } from "./sse/headers.ts";
import { registerServerSentEvents } from "./sse/index.ts";
import { type StreamContext, type StreamServices, toTrpcError } from "./trpc.ts";

const MAX_BODY_BYTES = 64 * 1024;
const MAX_BATCH = 20;

/** A browser may keep the answer to its preflight so long, in seconds; Chromium keeps none longer. */
const PREFLIGHT_SECONDS = 7_200;
const PREFLIGHT = {
  ...CORS,
  "Access-Control-Allow-Methods": "GET, POST",
  "Access-Control-Allow-Headers": "Content-Type, X-Environment-Key, Last-Event-ID",
  "Access-Control-Max-Age": String(PREFLIGHT_SECONDS),
};

/** `/stream/environmentNow` and `/stream/flagsNow` over HTTP, GET or POST, for clients that cannot hold a connection, and the streams as server-sent events. */
export function registerStream(app: FastifyInstance, services: StreamServices & { readonly limits?: StreamLimits }): void {
  app.register((scope, _options, done) => {
    // tRPC reads the body itself.
    scope.removeContentTypeParser("application/json");
    scope.addContentTypeParser("application/json", { parseAs: "string", bodyLimit: MAX_BODY_BYTES }, (_request, body, next) =>
      next(null, body),
    );
    scope.addHook("onRequest", (_request, reply, next) => {
      reply.headers(CORS);
      next();
    });
    registerServerSentEvents(scope, services);
    for (const url of ["/stream/:path", "/stream/sse/:path"])
      scope.options(url, (_request, reply) => reply.code(204).headers(PREFLIGHT).send());
    scope.route<{ Params: { path: string } }>({
      method: ["GET", "POST"],
      url: "/stream/:path",
      handler: (request, reply) =>
        fastifyRequestHandler({
          router: sdkRouter,
          req: request,
          res: reply,
          path: request.params.path,
          allowMethodOverride: true,
          maxBatchSize: MAX_BATCH,
          createContext: async ({ req }): Promise<StreamContext> => {
            const key = req.headers["x-environment-key"];
            try {
              const holder = await services.delivery.resolveKey(typeof key === "string" ? key : "");
              return { ...services, holder, mayStore: req.method === "POST", open: { count: 0 } };
            } catch (error) {
              throw toTrpcError(toAppError(error));
            }
          },
          responseMeta: ({ errors }) => {
            const isAway = errors.some(({ cause }) => cause instanceof AppError && cause.code === "unavailable");
            return {
              headers: new Headers({
                "Cache-Control": "no-store",
                ...(isAway && { "Retry-After": String(RETRY_AFTER_SECONDS) }),
              }),
            };
          },
          onError: ({ error, path }) => {
            if (error.code === "INTERNAL_SERVER_ERROR") services.log.error({ err: error, path }, "stream query failed");
          },
        }),
    });
    done();
  });
}
