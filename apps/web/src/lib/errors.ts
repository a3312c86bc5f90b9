import type { ErrorBody } from "@halyard/contracts";
import { ERROR_STATUS } from "@halyard/contracts";
import { TRPCClientError } from "@trpc/client";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const isErrorBody = (data: unknown): data is ErrorBody =>
  isObject(data) && typeof data.code === "string" && data.code in ERROR_STATUS && typeof data.message === "string";

/** A refusal that did not come over tRPC, such as that of sign-in. */
export class RefusedError extends Error {
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.message);
    this.name = "RefusedError";
    this.body = body;
  }
}

/** What the server said, in words for people; a server that said nothing is `unavailable`. */
export function toErrorBody(error: unknown): ErrorBody {
  if (error instanceof RefusedError) return error.body;
  if (error instanceof TRPCClientError) {
    // `data` is typed by the router of whoever made the client; the wire may hold anything.
    const data: unknown = error.data;
    if (isErrorBody(data)) return data;
    return { code: "unavailable", message: "The server did not answer. Flags are still being served; try again." };
  }
  return { code: "internal", message: "Something went wrong in this page. Reload it and try again." };
}

export const errorMessage = (error: unknown): string => toErrorBody(error).message;

/** What is wrong with one field: `fieldError(error, "key")`, `"rules.0.conditions.2.value"`. Nothing without an error. */
export function fieldError(error: unknown, path: string): string | undefined {
  if (error === undefined || error === null) return undefined;
  return toErrorBody(error).fields?.find((field) => field.path === path)?.message;
}

/** The message that belongs to no field shown: what a form says above its buttons. */
export function formError(error: unknown, shownFields: readonly string[]): string | undefined {
  if (error === undefined || error === null) return undefined;
  const { message, fields } = toErrorBody(error);
  return fields?.some(({ path }) => shownFields.includes(path)) ? undefined : message;
}
