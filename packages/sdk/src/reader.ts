import type { ErrorCode, JsonValue, Reason } from "@halyard/evaluator/model";
import { kindOf } from "./json.ts";
import type { Details, DetailsErrorCode, FlagKey, FlagValue, Source } from "./types.ts";

/** What is known of one flag for one context, from the server or from local evaluation. */
export interface Outcome {
  readonly enabled: boolean;
  readonly valueType: string;
  readonly value: JsonValue;
  readonly variant: string | null;
  readonly reason: Reason;
  readonly errorCode?: ErrorCode | undefined;
}

export interface ReaderOptions {
  readonly defaults: Readonly<Record<string, JsonValue>>;
  /** `undefined` where there is no such flag. */
  readonly lookup: (key: string) => Outcome | undefined;
  readonly state: () => ReaderState;
}

export interface ReaderState {
  /** False before the first values and after `close`. */
  readonly isReady: boolean;
  readonly version: string | null;
  readonly source: Source;
  readonly ageMs: number | null;
}

export interface Reader {
  /** The value, or the coded default. Never throws. */
  readonly get: <K extends FlagKey>(key: K) => FlagValue<K>;
  /** The value and why it is so. Never throws. */
  readonly details: <K extends FlagKey>(key: K) => Details<K>;
}

export function createReader(options: ReaderOptions): Reader {
  const details = <K extends FlagKey>(key: K): Details<K> => {
    const { isReady, ...state } = options.state();
    const fallback = Object.hasOwn(options.defaults, key) ? options.defaults[key] : undefined;
    const outcome = isReady ? options.lookup(key) : undefined;
    const answer = isReady ? decide(outcome, fallback) : fault("PROVIDER_NOT_READY", fallback);
    // The server's types are checked against the default above; that they fit the declaration is what declaring means.
    return { ...answer, enabled: outcome?.enabled ?? false, ...state } as Details<K>;
  };
  return { details, get: (key) => details(key).value };
}

interface Answer {
  readonly value: JsonValue | undefined;
  readonly variant: string | null;
  readonly reason: Reason;
  readonly errorCode?: DetailsErrorCode;
}

/** A boolean flag is its own state; any other answers with the coded default while it is off. */
function decide(outcome: Outcome | undefined, fallback: JsonValue | undefined): Answer {
  if (outcome === undefined) return fault("FLAG_NOT_FOUND", fallback);
  if (outcome.errorCode !== undefined) return fault(outcome.errorCode, fallback);
  const { enabled, variant, reason, value } = outcome;
  if (outcome.valueType !== "boolean" && !enabled) return { value: fallback, variant: null, reason: "DISABLED" };
  if (fallback !== undefined && kindOf(value) !== kindOf(fallback)) return fault("TYPE_MISMATCH", fallback);
  return { value, variant, reason };
}

function fault(errorCode: DetailsErrorCode, value: JsonValue | undefined): Answer {
  return { value, variant: null, reason: "ERROR", errorCode };
}
