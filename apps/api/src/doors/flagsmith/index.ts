import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { registerAnalytics } from "./analytics.routes.ts";
import { registerBodies } from "./body.ts";
import { registerDocument } from "./document.routes.ts";
import { answerError, refuse } from "./errors.ts";
import { registerFlags } from "./flags.routes.ts";
import { preflight } from "./headers.ts";
import { registerHealth } from "./health.routes.ts";
import { registerIdentities } from "./identities.routes.ts";
import type { DoorServices } from "./services.ts";
import { answerBeforeRouting } from "./shortcut.ts";
import { registerStream } from "./stream.routes.ts";
import { registerTraits } from "./traits.routes.ts";

/** Everything that Flagsmith's SDKs call, in a scope of its own: no plugin of the rest of the server costs them anything. */
export function registerFlagsmith(app: FastifyInstance, services: DoorServices): void {
  answerBeforeRouting(app.server, services);
  app.register((scope, _options, done) => {
    scope.setErrorHandler(answerError);
    registerBodies(scope);
    registerFlags(scope, services);
    registerIdentities(scope, services);
    registerDocument(scope, services);
    registerTraits(scope, services);
    registerAnalytics(scope, services);
    registerStream(scope, services);
    registerHealth(scope, services);
    registerRest(scope);
    done();
  });
}

/** Preflights, and an answer in their own words for addresses and methods that do not exist. */
function registerRest(scope: FastifyInstance): void {
  const answerPreflight = (request: FastifyRequest, reply: FastifyReply) =>
    reply.code(204).headers(preflight(request.headers["access-control-request-headers"])).send();
  for (const path of ["/api/v1/*", "/api/v2/*", "/sse/*", "/version", "/version/", "/health", "/health/*"]) {
    scope.options(path, answerPreflight);
  }
  const answerNothing = (request: FastifyRequest) => {
    throw refuse(404, `There is no ${request.method} ${request.url.split("?", 1)[0]} here.`);
  };
  for (const path of ["/api/v1/*", "/api/v2/*", "/sse/*"]) {
    scope.route({ method: ["GET", "POST", "PUT", "PATCH", "DELETE"], url: path, handler: answerNothing });
  }
}
