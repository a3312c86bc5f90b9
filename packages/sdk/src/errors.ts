export type HalyardErrorCode =
  /** The server does not accept the key. Tried again every few minutes. */
  | "REFUSED"
  /** The server did not answer, or answered that it cannot. Tried again within seconds. */
  | "UNREACHABLE"
  /** The server said something that cannot be right. The old values stay. */
  | "INVALID_MESSAGE"
  /** The function that gives the key failed. */
  | "KEY_UNAVAILABLE"
  /** A context that is not an object was ignored. */
  | "INVALID_CONTEXT"
  /** One of the program's own listeners threw. */
  | "LISTENER"
  /** Values could not be kept for the next start. */
  | "CACHE"
  /** Counts of reads were not delivered. */
  | "ANALYTICS"
  /** The engine for regular expressions could not be loaded; such conditions are false. */
  | "REGEX_UNAVAILABLE";

/** What `on("error")` tells. Never thrown. */
export class HalyardError extends Error {
  override readonly name = "HalyardError";
  readonly code: HalyardErrorCode;
  /** The server asked for this much patience. */
  readonly retryAfterMs: number | undefined;

  constructor(code: HalyardErrorCode, message: string, options: { cause?: unknown; retryAfterMs?: number | undefined } = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

export function toHalyardError(cause: unknown, code: HalyardErrorCode, message: string): HalyardError {
  return cause instanceof HalyardError ? cause : new HalyardError(code, message, { cause });
}

/** A missing or revoked key (401) and a key of the wrong kind (403) cannot be mended by hurry. */
export function failureOf(status: number, message: string, retryAfterMs?: number): HalyardError {
  return new HalyardError(status === 401 || status === 403 ? "REFUSED" : "UNREACHABLE", message, { retryAfterMs });
}

/** Longer waits that a server asks for are taken as this: a slip there must not silence clients for days. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Milliseconds from a Retry-After header, in seconds or as a date. */
export function parseRetryAfter(header: string | null | undefined, wallNow: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - wallNow : seconds * 1000;
  return waitMs > 0 ? Math.min(waitMs, MAX_RETRY_AFTER_MS) : undefined;
}
