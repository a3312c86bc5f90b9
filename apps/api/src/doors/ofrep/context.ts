import { LIMITS } from "@halyard/contracts";
import type { AttributeScalar, AttributeValue, Context } from "@halyard/evaluator";
import type { Identities, KeyHolder } from "../../features/delivery/index.ts";
import { Refusal } from "./errors.ts";

/** Who is asked about, as far as the request says. */
export interface GivenContext {
  /** Undefined for nobody in particular: no identity override applies, and nobody is placed among variants. */
  readonly targetingKey: string | undefined;
  readonly attributes: readonly (readonly [string, AttributeValue])[];
}

export interface KnownContext {
  readonly context: Context;
  /** The same text for the same context, whatever the order of its attributes. */
  readonly canonical: string;
  /** False where stored traits could not be read. */
  readonly isFresh: boolean;
}

/** A tolerant reader: clients send whatever context their application has, or none. @throws Refusal `INVALID_CONTEXT` */
export function readContext(body: unknown): GivenContext {
  if (body === undefined || body === null) return { targetingKey: undefined, attributes: [] };
  if (!isObject(body)) throw invalid("The body must be a JSON object with a member `context`.");
  const context = Object.hasOwn(body, "context") ? body["context"] : undefined;
  if (context === undefined || context === null) return { targetingKey: undefined, attributes: [] };
  if (!isObject(context)) throw invalid("`context` must be an object.");
  const attributes: [string, AttributeValue][] = [];
  let targetingKey: string | undefined;
  for (const [name, value] of Object.entries(context)) {
    if (name === "targetingKey") targetingKey = readTargetingKey(value);
    // No condition reads inside an object, so one is as good as not set.
    else if (isScalar(value) || (Array.isArray(value) && value.every(isScalar))) attributes.push([name, value]);
  }
  return { targetingKey, attributes };
}

function readTargetingKey(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") throw invalid("`context.targetingKey` must be a string.");
  if (text.length > LIMITS.identifier) {
    throw invalid(`\`context.targetingKey\` has ${text.length} characters; use at most ${LIMITS.identifier}.`);
  }
  return text;
}

/** With the identity's stored traits under what the request says, as at every other door. */
export async function withStoredTraits(
  identities: Identities,
  { environmentId }: KeyHolder,
  { targetingKey, attributes }: GivenContext,
): Promise<KnownContext> {
  const stored = targetingKey === undefined ? undefined : await identities.traits(environmentId, targetingKey);
  const merged = new Map<string, AttributeValue>();
  for (const [name, { value }] of stored?.traits ?? []) merged.set(name, value);
  for (const [name, value] of attributes) merged.set(name, value);
  const entries = [...merged].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    context: { targetingKey, attributes: Object.fromEntries(entries), now: Date.now() },
    canonical: JSON.stringify([targetingKey ?? null, entries]),
    isFresh: stored?.fresh ?? true,
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is AttributeScalar =>
  value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const invalid = (details: string) => new Refusal(400, "INVALID_CONTEXT", details);
