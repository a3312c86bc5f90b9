import type { AttributeScalar, Condition } from "@halyard/evaluator/model";
import type { OutputOf } from "../../lib/procedures.ts";
import { valueWords } from "../../lib/value-words.ts";
import type { Words } from "../segments/index.ts";
import { conditionWords, dateWords, sentenceText } from "../segments/index.ts";
import { outcomeReason, outcomeWords } from "./outcome-words.ts";

export type Explanation = OutputOf<"evaluations.explain">;
export type Step = Explanation["steps"][number];
export type Placement = NonNullable<Step["placement"]>;
export type RuleTrace = Extract<Step, { source: "segment" }>["rules"][number];
export type Requirement = Explanation["prerequisites"][number];
export type ConditionTrace = RuleTrace["conditions"][number];

const MOST_ELEMENTS = 5;
const percent = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });

export function stepTitle(step: Step): string {
  if (step.source === "identity") return "Override of this identity";
  return step.source === "segment" ? `Rule for ${step.segment.name}` : "Everyone else";
}

/** What was found out at a step: "Is not in Staff." */
export function stepSentence(step: Step): string {
  const found = foundAt(step);
  return step.applies && !step.decided ? `${found} But a stronger step has decided.` : found;
}

function foundAt(step: Step): string {
  switch (step.source) {
    case "identity":
      return step.applies ? "It has an answer of its own, stronger than every rule." : "It has none.";
    case "segment":
      if (step.applies) return `Is in ${step.segment.name}.`;
      return step.rules.length === 0
        ? `Is not in ${step.segment.name}: a segment without rules has nobody.`
        : `Is not in ${step.segment.name}.`;
    case "environment":
      return "What everybody gets whom no rule names.";
  }
}

/** Stands over the conditions of a group, and says how they stand together. */
export function ruleSentence({ type, matches, conditions, rules }: RuleTrace): string {
  if (conditions.length + rules.length === 0) return matches ? "Nothing is asked, so it holds." : "Nothing is asked.";
  if (type === "ALL") return matches ? "All of these hold:" : "Not all of these hold:";
  if (type === "ANY") return matches ? "One of these is enough, and one holds:" : "One of these would be enough, but none holds:";
  return matches ? "None of these may hold, and none does:" : "None of these may hold, but one does:";
}

/** What the condition met: "it is “free”", "it is not set", "it falls at 34.2 of 100". */
export function givenWords({ given, verdicts, moments, split }: ConditionTrace): string {
  if (split) {
    const place = `it falls at ${percent.format(split.place)} of 100`;
    return split.limit === null ? `${place}, and no share is given` : `${place}; up to ${percent.format(split.limit)} are in`;
  }
  if (moments?.given != null) return `it is ${dateWords(new Date(moments.given).toISOString())}`;
  if (isList(given)) return listWords(given, verdicts);
  return given === null ? "it is not set" : `it is ${valueWords(given)}`;
}

const isList = (given: ConditionTrace["given"]): given is AttributeScalar[] => Array.isArray(given);

function listWords(elements: readonly AttributeScalar[], verdicts: ConditionTrace["verdicts"]): string {
  if (elements.length === 0) return "it is an empty list";
  const shown = elements.slice(0, MOST_ELEMENTS).map(valueWords).join(", ");
  const more = elements.length > MOST_ELEMENTS ? ` and ${elements.length - MOST_ELEMENTS} more` : "";
  const passed = verdicts?.filter((passes) => passes).length;
  return `it is the list ${shown}${more}${passed === undefined ? "" : `, of which ${passed === 0 ? "none" : passed} pass${passed === 1 ? "es" : ""}`}`;
}

/** The condition as the rule builder would read it. */
export function askedWords({ operator, property, value, ignoreCase, elements }: ConditionTrace): readonly Words[] {
  const condition: Condition = {
    operator,
    property,
    value,
    ...(ignoreCase && { ignoreCase }),
    ...(elements !== null && { elements }),
  };
  return conditionWords(condition);
}

/** "payments must be on; it is off", "theme must answer dark; it answers light" */
export function requirementSentence({ flag, required, given }: Requirement): string {
  const wish = required.variant === null ? `be ${required.enabled ? "on" : "off"}` : `answer ${required.variant}`;
  if (given === null) return `${flag} must ${wish}; it is missing, or requires itself in a circle`;
  const has =
    required.variant === null || !given.enabled
      ? `is ${given.enabled ? "on" : "off"}`
      : `answers ${given.variant ?? "no variant"}`;
  return `${flag} must ${wish}; it ${has}`;
}

/** Where the context falls among the variants: "Falls at 34.2 of 100: in big, which has 30 to 60." */
export function placementSentence({ by, place, arms }: Placement): string {
  const at = `Falls at ${percent.format(place)} of 100${by === null ? "" : ` by its ${by}`}`;
  const hit = arms.find(({ isHit }) => isHit);
  if (!hit) return `${at}: in no variant, so it gets the flag’s own value.`;
  return `${at}: in ${hit.variant ?? "a variant"}, which has ${percent.format(hit.from)} to ${percent.format(hit.below)}.`;
}

/** What keeps the flag off, whatever its steps say. */
export const unmetOf = ({ prerequisites }: Explanation): Requirement | undefined => prerequisites.find((it) => !it.isMet);

/** Why it answers so, in one sentence. */
export function reasonOf(explanation: Explanation): string {
  const unmet = unmetOf(explanation);
  if (unmet) return `It requires ${unmet.flag}, which does not answer as it must.`;
  return outcomeReason(explanation.outcome);
}

/** The whole explanation as it would be told, a sentence a line; what belongs to a line is indented. */
export function explanationText(explanation: Explanation): string {
  const { version, outcome, prerequisites, steps } = explanation;
  const unmet = unmetOf(explanation);
  return [
    `${outcome.flag}: ${outcomeWords(outcome)}. ${reasonOf(explanation)}`,
    `Read at v${version}; reason ${outcome.reason}.`,
    ...prerequisites.map((it) => `${it.isMet ? "Met" : "Not met"}: ${requirementSentence(it)}.`),
    ...steps.flatMap((step, index) => [
      `${index + 1}. ${stepTitle(step)}${step.decided && unmet === undefined ? " (decided)" : ""}. ${stepSentence(step)}`,
      ...(step.source === "segment" ? step.rules.flatMap((rule) => ruleLines(rule, "   ")) : []),
      ...(step.placement ? [`   ${placementSentence(step.placement)}`] : []),
    ]),
  ].join("\n");
}

function ruleLines(rule: RuleTrace, indent: string): string[] {
  return [
    `${indent}${ruleSentence(rule)}`,
    ...rule.conditions.map((it) => `${indent}  ${it.matches ? "Holds" : "Does not hold"}: ${conditionText(it)}.`),
    ...rule.rules.flatMap((inner) => ruleLines(inner, `${indent}  `)),
  ];
}

const conditionText = (trace: ConditionTrace): string => `${sentenceText(askedWords(trace))}; ${givenWords(trace)}`;
