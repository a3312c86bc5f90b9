import { bucket } from "../bucket.ts";
import type { RegexEngine } from "../match.ts";
import { type Attributes, type Condition, type Operator, RULE_TYPES, type Rule } from "../model.ts";
import { isObject } from "../read.ts";
import { compileSegment, isInSegment, MAX_RULE_DEPTH } from "../segment.ts";
import { type Subject, subjectOf } from "../subject.ts";

/** Flagsmith's `FlagResult`. */
export interface FlagsmithFlag {
  readonly name: string;
  readonly enabled: boolean;
  readonly value: unknown;
  /** `DEFAULT`, `TARGETING_MATCH; segment=<name>` or `SPLIT; weight=<percent>`. */
  readonly reason: string;
  /** Key of the variant, `"control"` where none was hit; `null` without variants, without identity, or for a variant without key. */
  readonly variant: string | null;
  readonly metadata?: object;
}

/** Flagsmith's `EvaluationResult`. */
export interface FlagsmithResult {
  readonly flags: Readonly<Record<string, FlagsmithFlag>>;
  readonly segments: readonly { readonly name: string; readonly metadata?: object }[];
}

type Given = Readonly<Record<string, unknown>>;

interface Override {
  readonly feature: Given;
  readonly segment: string;
  readonly priority: number;
}

/**
 * Evaluates the evaluation context of Flagsmith's engines (its `EvaluationContext`), by Halyard's rules. Parts that are not as
 * they should be are left out.
 *
 * @throws never: a context that cannot be read at all has no flags
 */
export function evaluateFlagsmithContext(
  context: unknown,
  { regex }: { readonly regex?: RegexEngine | undefined } = {},
): FlagsmithResult {
  try {
    return evaluateGiven(objectOf(context), regex);
  } catch {
    // Only a context with getters that throw gets here.
    return { flags: {}, segments: [] };
  }
}

function evaluateGiven(context: Given, regex: RegexEngine | undefined): FlagsmithResult {
  const subject = subjectIn(context);
  const segments = valuesOf(context["segments"])
    .filter(isNamed)
    .filter((segment) => isIn(segment, { subject, regex }));
  const overrides = strongestOverrides(segments);
  const features = valuesOf(context["features"]).filter(isNamed);
  return {
    flags: Object.fromEntries(features.map((feature) => [feature.name, decide(feature, overrides.get(feature.name), subject)])),
    segments: segments.map(({ name, metadata }) => ({ name, ...(isObject(metadata) && { metadata }) })),
  };
}

function subjectIn(context: Given): Subject {
  const environment = objectOf(context["environment"]);
  const identity = objectOf(context["identity"]);
  const { identifier, key, traits } = identity;
  const subject = subjectOf(
    { name: textOf(environment["name"]), bucketingKey: textOf(environment["key"]) },
    { targetingKey: typeof identifier === "string" ? identifier : undefined, attributes: objectOf(traits) as Attributes },
  );
  return typeof key === "string" && key !== "" ? { ...subject, key } : subject;
}

function isIn(
  segment: Given,
  { subject, regex }: { readonly subject: Subject; readonly regex: RegexEngine | undefined },
): boolean {
  const rules = rulesOf(segment["rules"], MAX_RULE_DEPTH);
  if (rules === undefined) return false;
  const [key, name] = [textOf(segment["key"]), textOf(segment["name"])];
  return isInSegment(compileSegment({ id: 0, key, name, seed: key, rules }, { regex, operators: undefined }), subject);
}

/** `undefined` where a rule is of no type, or nested too deep: nobody is in the segment then. */
function rulesOf(given: unknown, levels: number): readonly Rule[] | undefined {
  const rules = listOf(given).map((entry): Rule | undefined => {
    const { type: word, conditions, rules: nested } = objectOf(entry);
    const type = RULE_TYPES.find((candidate) => candidate === word);
    const inner = levels === 0 ? undefined : rulesOf(nested, levels - 1);
    return type && inner && { type, conditions: listOf(conditions).map(conditionOf), rules: inner };
  });
  return rules.every((rule) => rule !== undefined) ? rules : undefined;
}

/** An operator that Flagsmith has not is false. */
function conditionOf(given: unknown): Condition {
  const { operator, property, value } = objectOf(given);
  return {
    operator: textOf(operator) as Operator,
    property: textOf(property),
    value: Array.isArray(value) ? value.map(textOf) : textOf(value),
  };
}

/** The first of those with the lowest priority, by the name of its feature. */
function strongestOverrides(segments: readonly (Given & { readonly name: string })[]): ReadonlyMap<string, Override> {
  const strongest = new Map<string, Override>();
  for (const { name: segment, overrides } of segments)
    for (const feature of listOf(overrides).map(objectOf).filter(isNamed)) {
      const priority = priorityOf(feature);
      const before = strongest.get(feature.name);
      if (before === undefined || priority < before.priority) strongest.set(feature.name, { feature, segment, priority });
    }
  return strongest;
}

function decide(
  { name, ...own }: Given & { readonly name: string },
  override: Override | undefined,
  { key }: Subject,
): FlagsmithFlag {
  const feature = override?.feature ?? own;
  const { enabled, value, metadata } = feature;
  const variants = listOf(feature["variants"])
    .map(objectOf)
    .sort((a, b) => compare(priorityOf(a), priorityOf(b)));
  const isPlaced = key !== null && variants.length > 0;
  const hit = isPlaced ? variantAt(variants, bucket([textOf(feature["key"]), key])) : undefined;
  const targeted = override === undefined ? "DEFAULT" : `TARGETING_MATCH; segment=${override.segment}`;
  return {
    name,
    enabled: enabled === true,
    value: (hit === undefined ? value : hit["value"]) ?? null,
    reason: hit === undefined ? targeted : `SPLIT; weight=${weightOf(hit)}`,
    variant: hit === undefined ? (isPlaced ? "control" : null) : typeof hit["key"] === "string" ? hit["key"] : null,
    ...(isObject(metadata) && { metadata }),
  };
}

function variantAt(variants: readonly Given[], place: number): Given | undefined {
  let below = 0;
  return variants.find((variant) => place < (below += weightOf(variant)));
}

function weightOf({ weight }: Given): number {
  return typeof weight === "number" && weight > 0 ? weight : 0;
}

/** Without one it is the weakest. Flagsmith's Node.js client has some that are too large for a number. */
function priorityOf({ priority }: Given): number {
  return typeof priority === "number" || typeof priority === "bigint" ? Number(priority) : Number.POSITIVE_INFINITY;
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isNamed(given: Given): given is Given & { readonly name: string } {
  return typeof given["name"] === "string";
}

function valuesOf(given: unknown): readonly Given[] {
  return Object.values(objectOf(given)).map(objectOf);
}

function listOf(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [];
}

function objectOf(given: unknown): Given {
  return isObject(given) ? given : {};
}

function textOf(given: unknown): string {
  return typeof given === "string" || typeof given === "number" || typeof given === "boolean" ? String(given) : "";
}
