import type { Flag, FlagState, Rule, Segment } from "../model.ts";
import { asRule, isRule, translateCondition } from "./translate-condition.ts";

/**
 * The same rules in the operators that Flagsmith's clients know: who is in is the same, but for the differences between those
 * clients and Flagsmith's API that are there anyway. Rules that need no translation come back equal.
 *
 * @returns `undefined` where they cannot be said: dates, version ranges, elements of lists, a few texts without regard to case
 */
export function toFlagsmithRules(rules: readonly Rule[]): readonly Rule[] | undefined {
  const translated = rules.map(translateRule);
  return translated.every((rule) => rule !== undefined) ? translated : undefined;
}

function translateRule({ type, conditions, rules }: Rule): Rule | undefined {
  const parts = conditions.map(translateCondition);
  const nested = toFlagsmithRules(rules);
  if (nested === undefined || !parts.every((part) => part !== undefined)) return undefined;
  const plain = parts.flatMap((part) => (isRule(part) ? [] : part));
  if (plain.length === parts.length) return { type, conditions: plain, rules: nested };
  // Conditions and sub-rules are quantified apart, so what became a rule must not be counted among the sub-rules.
  const ofConditions: Rule = { type, conditions: [], rules: parts.map(asRule) };
  if (nested.length === 0) return ofConditions;
  return { type: "ALL", conditions: [], rules: [ofConditions, { type, conditions: [], rules: nested }] };
}

/** Why Flagsmith's clients cannot decide a flag themselves. */
export type FlagsmithObstacle = "prerequisites" | "bucketBy" | "segment";

/**
 * What keeps a flag from being said in Flagsmith's document; such a flag is served there as off. `undefined` where nothing does.
 *
 * @param segments those that the flag's overrides may be of
 */
export function flagsmithObstacle(flag: Flag, segments: ReadonlyMap<number, Segment>): FlagsmithObstacle | undefined {
  if ((flag.prerequisites ?? []).length > 0) return "prerequisites";
  if ([flag, ...flag.overrides].some(bucketsOtherwise)) return "bucketBy";
  const used = flag.overrides.flatMap(({ segmentId }) => segments.get(segmentId) ?? []);
  return used.some(({ rules }) => toFlagsmithRules(rules) === undefined) ? "segment" : undefined;
}

/** Whether somebody else than the identity is placed among a state's variants. */
export function bucketsOtherwise({ bucketBy, variants }: FlagState): boolean {
  return variants.length > 0 && bucketBy !== undefined && bucketBy !== "$.identity.key";
}
