import { md5Hex } from "./hash.ts";
import { isList } from "./match.ts";
import type { Context, Reason } from "./model.ts";
import { takeScalar } from "./property.ts";
import type { Explanation } from "./trace.ts";

/** What must be known to decide a flag once more exactly as it was decided, but for the context itself. */
export interface DecisionToken {
  /** Where the environment was in its history; whatever its owner calls a position. */
  readonly position: string;
  readonly flagKey: string;
  /** Of {@link hashContext}: says whether a context is the one that was decided for, and nothing about it. */
  readonly contextHash: string;
  /** What `$.now` was, in milliseconds since 1970. */
  readonly now: number | null;
  /** Where the context fell among the variants of the state that decided, in percent. */
  readonly place: number | null;
  readonly reason: Reason;
}

const VERSION = "1";
const SEPARATOR = "~";
const REASONS: readonly Reason[] = ["TARGETING_MATCH", "SPLIT", "DISABLED", "DEFAULT", "ERROR"];
const HASH = /^[0-9a-f]{32}$/;

/** A decision as a short text that is safe in an address; the same decision is the same text everywhere. */
export function decisionToken(
  { flagKey, steps, evaluation }: Explanation,
  { position, context }: { readonly position: string; readonly context: Context },
): string {
  const place = steps.find((step) => step.decided)?.placement?.place;
  return [
    VERSION,
    escape(position),
    escape(flagKey),
    hashContext(context),
    context.now ?? "",
    place ?? "",
    evaluation.reason,
  ].join(SEPARATOR);
}

/** `undefined` for anything that {@link decisionToken} does not write. */
export function parseDecisionToken(text: string): DecisionToken | undefined {
  const [version, position = "", flagKey = "", contextHash = "", now = "", place = "", word, ...more] = text.split(SEPARATOR);
  const reason = REASONS.find((candidate) => candidate === word);
  if (version !== VERSION || reason === undefined || more.length > 0 || !HASH.test(contextHash)) return undefined;
  const token = {
    position: unescape(position),
    flagKey: unescape(flagKey),
    contextHash,
    now: now === "" ? null : Number(now),
    place: place === "" ? null : Number(place),
    reason,
  };
  return Number.isFinite(token.now ?? 0) && Number.isFinite(token.place ?? 0) ? token : undefined;
}

/**
 * The same for any two contexts that no condition can tell apart by their attributes: members in any order, without those that
 * count as not set. `now` is no part of it.
 */
export function hashContext({ targetingKey, attributes = {} }: Context): string {
  const members = Object.entries(attributes)
    .flatMap(([name, value]) => {
      const text = valueText(value);
      return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
    })
    .sort();
  return md5Hex(`${JSON.stringify(targetingKey ?? null)}{${members.join(",")}}`);
}

function valueText(value: unknown): string | undefined {
  if (isList(value)) return `[${value.map((element) => valueText(element) ?? "null").join(",")}]`;
  const scalar = takeScalar(value);
  if (scalar === null) return undefined;
  return typeof scalar === "string" ? JSON.stringify(scalar) : String(scalar);
}

/** By UTF-16 units, so that lone surrogates come back as they were. */
function escape(text: string): string {
  return text.replaceAll(/[^\w.:-]/g, (unit) => `!${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function unescape(text: string): string {
  return text.replaceAll(/!([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
