import type { FastifyReply, FastifyRequest } from "fastify";
import { RETRY_AFTER_SECONDS, toAppError } from "../../features/delivery/index.ts";
import { CORS } from "./headers.ts";

/** What is wrong, by field; a list of sentences at the leaf. */
export type Problems = readonly string[] | { readonly [field: string]: Problems } | readonly Problems[];

/** A refusal in the words of Flagsmith's API. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: { readonly detail: string } | Problems;

  constructor(status: number, body: { readonly detail: string } | Problems) {
    super(`refused with ${status}`);
    this.name = "Refusal";
    this.status = status;
    this.body = body;
  }
}

export const refuse = (status: number, detail: string) => new Refusal(status, { detail });
export const refuseFields = (problems: Problems) => new Refusal(400, problems);

export const missingKey = () => refuse(401, "Invalid or missing Environment key");
export const unknownKey = () => refuse(401, "Invalid or missing Environment Key");
export const flagNotFound = () => refuse(404, "Given feature not found");

export function isUnavailable(error: unknown): boolean {
  return toAppError(error).code === "unavailable";
}

/** The error handler of the door. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = refusalOf(error);
  if (status >= 500) request.log.error(error);
  void reply.code(status).headers(CORS);
  if (status === 503) void reply.header("Retry-After", RETRY_AFTER_SECONDS);
  void reply.send(body);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const framework = frameworkStatus(error);
  if (framework !== undefined && error instanceof Error) return refuse(framework, error.message);
  const { code, status, message } = toAppError(error);
  return code === "unauthenticated" ? unknownKey() : refuse(status, message);
}

/** Refusals by Fastify itself: a body too large, a media type nobody reads, a broken request. */
function frameworkStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("statusCode" in error) || typeof error.statusCode !== "number") return undefined;
  return error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined;
}
