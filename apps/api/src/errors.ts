import { ERROR_STATUS, type ErrorBody, type ErrorCode } from "@halyard/contracts";

export interface ErrorDetails extends Pick<ErrorBody, "fields" | "current"> {
  readonly cause?: unknown;
  /** For `rate_limited`: when it is worth trying again. */
  readonly retryAfterSeconds?: number;
}

/** The one error of the product: `message` is for the caller and names the thing and the remedy; `cause` is for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

export const notFound = (noun: string, name: string | number) =>
  new AppError("not_found", `There is no ${noun} \`${name}\` here, or you may not see it.`);

export const invalid = (path: string, message: string) => new AppError("invalid", message, { fields: [{ path, message }] });

/** How long a caller should wait before trying again, in seconds, when a dependency is away. */
export const RETRY_AFTER_SECONDS = 5;

/** How long whoever got this error should wait, where waiting helps. */
export function retryAfter({ code, details }: AppError): number | undefined {
  return code === "unavailable" ? RETRY_AFTER_SECONDS : details.retryAfterSeconds;
}

const CONNECTION_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "57P01",
  "57P02",
  "57P03",
  "53300",
]);
const CONNECTION_CLASS = /^08/;

/** True where the database itself is away, rather than the statement wrong. Drizzle and pg wrap the driver's error as `cause`. */
export function isDatabaseAway(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    if (CONNECTION_CODES.has(code) || CONNECTION_CLASS.test(code)) return true;
    if (
      /Connection terminated|connection timeout|Query read timeout|timeout exceeded when trying to connect|PGlite is closed|after calling end on the pool/i.test(
        at.message,
      )
    )
      return true;
    if (at instanceof AggregateError && at.errors.some(isDatabaseAway)) return true;
  }
  return false;
}

/** SQLSTATE of a failed statement, or `undefined`. */
export function sqlState(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string" && /^[0-9A-Z]{5}$/.test(at.code)) return at.code;
  }
  return undefined;
}

/** What a caller is told of any error; unknown ones say nothing of their inside. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) {
    return new AppError(
      "unavailable",
      `The database does not answer; nothing was written. Try again in ${RETRY_AFTER_SECONDS} seconds.`,
      {
        cause: error,
      },
    );
  }
  if (sqlState(error) === "23505")
    return new AppError("conflict", "Something with this name exists already; choose another.", { cause: error });
  return new AppError("internal", "Something went wrong on our side; it was logged. Try again.", { cause: error });
}
