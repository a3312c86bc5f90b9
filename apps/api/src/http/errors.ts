import type { ErrorBody } from "@halyard/contracts";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { type AppError, retryAfter, toAppError } from "../errors.ts";

/** What Fastify itself refuses, in our words. */
const FASTIFY: Readonly<Record<string, { readonly status: number; readonly body: ErrorBody }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: refusal(400, "The body is not valid JSON; check quotes, commas and brackets."),
  FST_ERR_CTP_EMPTY_JSON_BODY: refusal(400, "The body is empty; send JSON, or leave out the header Content-Type."),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: refusal(400, "The body is not as long as the header Content-Length says."),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: refusal(415, "Send JSON, with the header `Content-Type: application/json`."),
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    body: { code: "too_large", message: "The body is too large; send it in smaller parts." },
  },
  FST_ERR_BAD_URL: refusal(400, "The address is malformed; percent-encode what stands in it."),
  FST_ERR_MAX_PARAM_LENGTH: refusal(404, "A part of the address is longer than any name there is."),
};

function refusal(status: number, message: string) {
  return { status, body: { code: status === 404 ? "not_found" : "invalid", message } satisfies ErrorBody };
}

/** The error handler of every plain route of the management side. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = FASTIFY[error.code];
  if (known) return reply.code(known.status).send(known.body);
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return reply.code(error.statusCode).send({ code: "invalid", message: error.message } satisfies ErrorBody);
  }
  return answerAppError(toAppError(error), request, reply);
}

export function answerAppError(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.code === "internal") request.log.error({ err: error.cause ?? error, url: request.url }, "a request failed");
  const seconds = retryAfter(error);
  if (seconds !== undefined) reply.header("retry-after", seconds);
  const { fields, current } = error.details;
  const body: ErrorBody = {
    code: error.code,
    message: error.message,
    ...(fields && { fields }),
    ...(current !== undefined && { current }),
  };
  return reply.code(error.status).send(body);
}

export const answerNothing = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply
    .code(404)
    .send({ code: "not_found", message: `There is no ${request.method} ${path(request.url)} here.` } satisfies ErrorBody);

export const path = (url: string): string => url.split("?", 1)[0] ?? url;
