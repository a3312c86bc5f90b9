import type { Attributes, Delta, IdentityOverrides, JsonValue, Reason, Snapshot, ValueType } from "@halyard/evaluator/model";

/**
 * What travels at `/stream`: tRPC subscriptions over WebSocket, the same events as server-sent events, and the same as queries
 * over HTTP for clients that poll.
 *
 * Credentials go in tRPC's connection parameters, `{ key: "<environment key>" }`, or in the header `X-Environment-Key`.
 * Every event is tracked; its id is a {@link Position}. A client applies a change when `from <= mine < to`, ignores what is
 * older, and on a gap subscribes again with its last position.
 *
 * Server-sent events, where no WebSocket can be had: `GET` or `POST` {@link SSE_PATHS}, answered with `text/event-stream`.
 * - Key: header `X-Environment-Key`; a browser's `EventSource`, which sends no headers, puts a client-side key into the query as
 *   `key=`. A server key is a secret and is refused in an address (403).
 * - Input: the same objects as over WebSocket; JSON as the body of a `POST`, or in the query of a `GET` as `input=`. As everywhere,
 *   only a `POST` stores attributes (`remember`).
 * - Resume: the header `Last-Event-ID` (or the query's `lastEventId=`) is newer than the input's `lastEventId`, and wins.
 * - Events: `id:` is the position, `data:` one event as JSON, without a name. Heartbeats are such events too, as `EventSource`
 *   hides comments. One more event is named `close`, and is the last: its data is a {@link SseClose}.
 * - Refusals come before the stream, as JSON `{ code, message }`: 400, 401, 403, 413, 429 and 503, the last two with `Retry-After`
 *   in seconds.
 */

/**
 * `<epoch>:<version>:<first 8 hex digits of the revision's hash>`; the `flags` stream adds a mark of the context. Opaque to clients
 * except for equality.
 */
export type Position = string;

/** Input of the `environment` subscription and query (server keys). */
export interface EnvironmentInput {
  /** False leaves identity overrides out of snapshot and deltas. @default true */
  readonly overrides?: boolean | undefined;
  /** True where the client puts an {@link EventPart} together; a large snapshot then comes in pieces. @default false */
  readonly parts?: boolean | undefined;
  /** Position of the last event seen, to resume after it. */
  readonly lastEventId?: Position | null | undefined;
}

export type EnvironmentEvent = EnvironmentSnapshot | EnvironmentDelta | Heartbeat;

/** Replaces everything the client has, also when `to` is lower than its version: history was restored from a backup. */
export interface EnvironmentSnapshot {
  readonly type: "snapshot";
  readonly to: number;
  readonly position: Position;
  readonly snapshot: Snapshot;
  readonly identityOverrides: readonly IdentityOverrides[];
}

export interface EnvironmentDelta {
  readonly type: "delta";
  readonly from: number;
  readonly to: number;
  readonly position: Position;
  readonly delta: Delta;
}

/**
 * A piece of a large `snapshot` or `full`, only for clients that ask for it. The texts of all pieces in a row are the JSON of that
 * event, and it is applied as a whole with the last of them; pieces that another event interrupts are forgotten. The last piece
 * is tracked under the event's position, those before it under one that is none: to resume half-way is to begin again.
 */
export interface EventPart {
  readonly type: "part";
  /** From 0; a 0 begins anew. */
  readonly index: number;
  readonly count: number;
  /** Of the whole event. */
  readonly to: number;
  /** Of the whole event. */
  readonly position: Position;
  readonly text: string;
}

/** A message in one piece is at most so long, in bytes, where the client takes pieces. */
export const PART_BYTES = 262_144;

/** Sent every {@link HEARTBEAT_MS}; carries the version that was delivered to this connection. */
export interface Heartbeat {
  readonly type: "heartbeat";
  readonly to: number;
  readonly position: Position;
}

/** A client that hears nothing for two of these reconnects. */
export const HEARTBEAT_MS = 15_000;

/** Input of the `flags` subscription and query (client-side and server keys): one context's results. */
export interface FlagsInput {
  readonly context?: { readonly targetingKey?: string | undefined; readonly attributes?: Attributes | undefined } | undefined;
  /** True stores the attributes as the identity's traits. @default false */
  readonly remember?: boolean | undefined;
  /** As in {@link EnvironmentInput}. @default false */
  readonly parts?: boolean | undefined;
  readonly lastEventId?: Position | null | undefined;
}

export type FlagsEvent = FlagsFull | FlagsChanges | Heartbeat;

/** Every flag this context may see; flags that are missing do not exist for it. */
export interface FlagsFull {
  readonly type: "full";
  readonly to: number;
  readonly position: Position;
  readonly flags: Readonly<Record<string, FlagResult>>;
}

/** Only what changed for this context. Also sent, empty, where a resumed client already has everything. */
export interface FlagsChanges {
  readonly type: "changes";
  readonly from: number;
  readonly to: number;
  readonly position: Position;
  readonly changed: Readonly<Record<string, FlagResult>>;
  readonly removed: readonly string[];
}

/**
 * Input of the `ack` mutation, on the socket of the stream: what the client has applied, so that the server knows who has which
 * version. At most one a second and client, the newest only. A client whose first one is answered by an error sends no more
 * on that connection.
 */
export interface AckInput {
  readonly position: Position;
}

/** One flag's outcome as clients see it: no rule, no segment's name. */
export interface FlagResult {
  readonly enabled: boolean;
  readonly valueType: ValueType;
  /** Boolean flags: `enabled`. Others keep their value when off; the SDK then answers with its caller's default. */
  readonly value: JsonValue;
  readonly variant: string | null;
  readonly reason: Reason;
}

/** WebSocket close codes, and what a client does. */
export const CLOSE = {
  /** Key unknown, revoked or expired: try again slowly, in minutes. */
  unauthenticated: 4401,
  /** The key's kind may not use this stream. */
  forbidden: 4403,
  /** Too far behind: reconnect and resume. */
  slow: 4008,
  /** The server is going down: reconnect after a random moment. */
  restart: 1012,
} as const;

/** Addresses of the streams as server-sent events. */
export const SSE_PATHS = { environment: "/stream/sse/environment", flags: "/stream/sse/flags" } as const;

/** Why the server ends a stream of server-sent events; the connection ends after it. A reader that is too slow gets no farewell. */
export interface SseClose {
  readonly code: (typeof CLOSE)["unauthenticated" | "restart"];
}
