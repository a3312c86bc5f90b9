/** Why the management API refused; closed, the same over tRPC and REST. */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** The body of every REST error, and the `data` of every tRPC error. */
export interface ErrorBody {
  readonly code: ErrorCode;
  /** Names the thing and the remedy. */
  readonly message: string;
  /** For `invalid`: what is wrong where. `path` is dotted, such as `rules.0.conditions.2.value`. */
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  /** For `conflict`: the row as it is now. */
  readonly current?: unknown;
}
