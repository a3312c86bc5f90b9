import type { FastifyReply, FastifyRequest } from "fastify";
import { RETRY_AFTER_SECONDS, toAppError } from "../../features/delivery/index.ts";
import { CORS } from "./headers.ts";

type RefusalCode = "PARSE_ERROR" | "INVALID_CONTEXT" | "FLAG_NOT_FOUND" | "GENERAL";

/** A refusal in the words of the protocol. */
export class Refusal extends Error {
  readonly status: number;
  readonly errorCode: RefusalCode;

  constructor(status: number, errorCode: RefusalCode, details: string) {
    super(details);
    this.name = "Refusal";
    this.status = status;
    this.errorCode = errorCode;
  }
}

export const unauthenticated = () =>
  new Refusal(
    401,
    "GENERAL",
    "This environment key is missing, unknown, revoked or expired. Send one as `Authorization: Bearer <key>` or in `X-API-Key`.",
  );

export const flagNotFound = (key: string) =>
  new Refusal(404, "FLAG_NOT_FOUND", `There is no flag \`${key}\` in this environment, or this key may not see it.`);

/** The error handler of the door. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, errorCode, message } = refusalOf(error);
  // The address may hold the token of a stream, so it is not logged.
  if (status >= 500 && status !== 503) request.log.error({ err: error, route: request.routeOptions.url }, "an evaluation failed");
  void reply.code(status).headers(CORS);
  if (status === 503 || status === 429) void reply.header("Retry-After", RETRY_AFTER_SECONDS);
  const key = flagKeyOf(request);
  // Clients take an answer about one flag for a failure of that flag only where it names the flag.
  void reply.send({ ...(key !== undefined && { key }), errorCode, errorDetails: message });
}

/** The flag that is asked for, where it is one. */
export function flagKeyOf({ params, routeOptions }: FastifyRequest): string | undefined {
  if (routeOptions.url?.endsWith("/flags/*") !== true) return undefined;
  const tail = typeof params === "object" && params !== null && "*" in params ? params["*"] : undefined;
  return typeof tail === "string" && tail !== "" ? tail : undefined;
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const framework = frameworkStatus(error);
  if (framework !== undefined && error instanceof Error) return new Refusal(framework, "GENERAL", error.message);
  const { code, status, message } = toAppError(error);
  return code === "unauthenticated" ? unauthenticated() : new Refusal(status, "GENERAL", message);
}

/** Refusals by Fastify itself: a body too large, a media type nobody reads, a broken request. */
function frameworkStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("statusCode" in error) || typeof error.statusCode !== "number") return undefined;
  return error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined;
}
