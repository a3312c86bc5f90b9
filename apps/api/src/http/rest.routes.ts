import { type AnyRouter, callTRPCProcedure, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { FastifyInstance, FastifyReply } from "fastify";
import { AppError } from "../errors.ts";
import { toErrorBody, toTRPCError } from "../trpc.ts";
import { readInput } from "./rest-input.ts";
import { listRestProcedures, type RestProcedure } from "./rest-procedures.ts";
import { createHttpContext, type TrpcOptions, waitFor } from "./trpc.routes.ts";

export const REST_PREFIX = "/rest/v1";

/** Every procedure that names a REST route, under the same schemas, roles and errors as over tRPC. */
export function registerRest(scope: FastifyInstance, router: AnyRouter, options: TrpcOptions): void {
  for (const procedure of listRestProcedures(router)) registerProcedure(scope, procedure, { ...options, router });
}

function registerProcedure(
  scope: FastifyInstance,
  procedure: RestProcedure,
  options: TrpcOptions & { readonly router: AnyRouter },
): void {
  const { method, path, status = 200 } = procedure.route;
  scope.route({
    method,
    url: REST_PREFIX + path.replace(/\{(\w+)\}/g, ":$1"),
    handler: async (request, reply) => {
      reply.header("cache-control", "no-store");
      const gone = new AbortController();
      request.raw.once("close", () => gone.abort());
      try {
        const input = readInput(procedure, request);
        const answer: unknown = await callTRPCProcedure({
          router: options.router,
          path: procedure.name,
          type: procedure.type,
          ctx: await createHttpContext(request, options),
          getRawInput: () => Promise.resolve(input),
          input,
          signal: gone.signal,
          batchIndex: 0,
        });
        return await (status === 204 ? reply.code(204).send() : reply.code(status).send(answer));
      } catch (error) {
        return answerTRPCError(error, reply);
      }
    },
  });
}

/** Any error of a procedure as REST answers it. */
export function answerTRPCError(cause: unknown, reply: FastifyReply): FastifyReply {
  const error = cause instanceof TRPCError ? cause : toTRPCError(cause);
  const seconds = waitFor(error);
  if (seconds !== undefined) reply.header("retry-after", seconds);
  const status = error.cause instanceof AppError ? error.cause.status : getHTTPStatusCodeFromError(error);
  return reply.code(status).send(toErrorBody(error));
}
