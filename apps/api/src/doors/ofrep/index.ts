import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { registerBodies } from "./body.ts";
import { answerError, Refusal } from "./errors.ts";
import { registerFlags } from "./flags.routes.ts";
import { preflight } from "./headers.ts";
import type { OfrepServices } from "./services.ts";
import { registerStream } from "./stream.routes.ts";
import { createStreamTokens } from "./stream-token.ts";

export type { CountSink } from "./services.ts";

/** OpenFeature's remote evaluation protocol, 0.3, in a scope of its own. */
export function registerOfrep(app: FastifyInstance, services: OfrepServices): void {
  const parts = { ...services, tokens: createStreamTokens(services.secret, services.now) };
  app.register((scope, _options, done) => {
    scope.setErrorHandler(answerError);
    registerBodies(scope);
    registerFlags(scope, parts);
    registerStream(scope, parts);
    registerRest(scope);
    done();
  });
}

/** Preflights, and an answer in the protocol's words for addresses and methods that do not exist. */
function registerRest(scope: FastifyInstance): void {
  for (const root of ["/ofrep", "//ofrep"]) {
    scope.options(`${root}/*`, (request: FastifyRequest, reply: FastifyReply) =>
      reply.code(204).headers(preflight(request.headers["access-control-request-headers"])).send(),
    );
    scope.route({
      method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
      url: `${root}/*`,
      handler: (request) => {
        throw new Refusal(404, "GENERAL", `There is no ${request.method} ${request.url.split("?", 1)[0]} here.`);
      },
    });
  }
}
