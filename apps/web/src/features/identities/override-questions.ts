import type { Question } from "../../lib/create-question.ts";
import type { OverrideWish } from "./override-wish.ts";
import type { Outcome } from "./reasons.ts";
import { valueText } from "./reasons.ts";

interface OverrideOf {
  readonly flag: string;
  readonly identifier: string;
  /** The environment's name. */
  readonly environment: string;
}

/** "off", "on", "blue", "50". */
function wishWords({ valueType }: Outcome, { enabled, value, weights }: OverrideWish): string {
  if (!enabled) return "off";
  if (valueType === "boolean") return "on";
  return weights?.[0]?.variant ?? valueText(value ?? null);
}

export const setQuestion = (
  { flag, identifier, environment }: OverrideOf,
  outcome: Outcome,
  wish: OverrideWish,
): Omit<Question, "act"> => ({
  title: `Set ${flag} for ${identifier} in ${environment}?`,
  consequence: `${identifier} then gets ${wishWords(outcome, wish)}, whatever segments they are in.`,
  verb: "Set override",
});

export const removeQuestion = ({ flag, identifier, environment }: OverrideOf): Omit<Question, "act"> => ({
  title: `Remove the override of ${flag} in ${environment}?`,
  consequence: `${identifier} then gets what their segments or everyone else get.`,
  verb: "Remove override",
});
