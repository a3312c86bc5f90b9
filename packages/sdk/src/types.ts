import type { AttributeValue, JsonValue, Reason } from "@halyard/evaluator/model";

/** The flags of this program; empty until declared by module augmentation, and then every key and value is checked. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- only an interface can be augmented
export interface Flags {}

/** The attributes of this program's contexts; declared as `Flags` are. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- only an interface can be augmented
export interface Attributes {}

type IsDeclared<T> = keyof T extends never ? false : true;

// eslint-disable-next-line @typescript-eslint/no-redundant-type-constituents -- not redundant once flags are declared
export type FlagKey = IsDeclared<Flags> extends true ? keyof Flags & string : string;

/** Undeclared flags are `JsonValue`, or `undefined` where there is neither a flag nor a coded default. */
export type FlagValue<K> = K extends keyof Flags ? (Flags[K] extends { value: infer V } ? V : never) : JsonValue | undefined;

export type FlagVariant<K> = K extends keyof Flags ? (Flags[K] extends { variant: infer V } ? V : never) : string;

/** What answers when there is no flag, it is off, or it has another type. Once flags are declared, all of them need one. */
export type Defaults =
  IsDeclared<Flags> extends true ? { readonly [K in FlagKey]: FlagValue<K> } : Readonly<Record<string, JsonValue>>;

/** Whom flags are decided for. Without `targetingKey` nobody is in a percentage; all other members are attributes. */
export type EvaluationContext = { readonly targetingKey?: string | undefined } & (IsDeclared<Attributes> extends true
  ? // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- not empty once attributes are declared
    Readonly<Attributes>
  : { readonly [name: string]: AttributeValue | undefined });

/** Where values come from: the server in this run, an earlier run, the page they came with, or nowhere but the code. */
export type Source = "live" | "disk" | "bootstrap" | "default";

/** OpenFeature's error codes. */
export type DetailsErrorCode = "PROVIDER_NOT_READY" | "FLAG_NOT_FOUND" | "TYPE_MISMATCH" | "PARSE_ERROR" | "GENERAL";

export interface Details<K = FlagKey> {
  readonly value: FlagValue<K>;
  readonly variant: FlagVariant<K> | null;
  /** `DISABLED`: the flag is off, and `value` is the coded default unless the flag is boolean. */
  readonly reason: Reason;
  readonly enabled: boolean;
  /** `<epoch>:<number>` of the environment's version that decided; `null` before there is one. */
  readonly version: string | null;
  readonly source: Source;
  /** Milliseconds since the server last confirmed these values; `null` before it ever did. */
  readonly ageMs: number | null;
  /** Set where `value` is the coded default because of a fault. */
  readonly errorCode?: DetailsErrorCode;
}

/**
 * `stale`: there are values, but nothing confirms them at the moment: no connection, or a pause while nobody sees the page.
 * `error`: that lasts for longer than half a minute, with or without values, or the key was refused. Attempts go on, and reads
 * give what is known.
 */
export type Status = "connecting" | "live" | "polling" | "stale" | "error" | "closed";

export interface Change {
  /** Flags whose outcome differs; for server clients, whose definition does. */
  readonly keys: readonly string[];
  readonly version: string;
}

export interface ReadyOptions {
  /** Longest wait in milliseconds. @default 5_000 */
  readonly timeoutMs?: number;
}
