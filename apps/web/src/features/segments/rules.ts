import type { Condition, Rule, RuleType } from "@halyard/evaluator/model";

export const EMPTY_CONDITION: Condition = { operator: "EQUAL", property: "", value: "" };

export const groupOf = (type: RuleType, conditions: readonly Condition[] = [EMPTY_CONDITION]): Rule => ({
  type,
  conditions,
  rules: [],
});

/** What a new segment begins with. */
export const FIRST_RULES: readonly Rule[] = [groupOf("ALL")];

export const replaceAt = <T>(list: readonly T[], index: number, item: T): readonly T[] =>
  list.map((other, at) => (at === index ? item : other));

export const removeAt = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, at) => at !== index);

/** Every condition, in reading order. */
export const conditionsOf = (rules: readonly Rule[]): readonly Condition[] =>
  rules.flatMap((rule) => [...rule.conditions, ...conditionsOf(rule.rules)]);

/** Every trait or path the rules look at, each once. */
export const propertiesOf = (rules: readonly Rule[]): readonly string[] =>
  [...new Set(conditionsOf(rules).map(({ property }) => property.trim()))].filter((property) => property !== "");

/** The rules with each condition put through `change`. */
export const mapConditions = (rules: readonly Rule[], change: (condition: Condition) => Condition): readonly Rule[] =>
  rules.map((rule) => ({ ...rule, conditions: rule.conditions.map(change), rules: mapConditions(rule.rules, change) }));

/** Whether two lists of rules say the same, letter by letter. */
export const sameRules = (a: readonly Rule[], b: readonly Rule[]): boolean => JSON.stringify(a) === JSON.stringify(b);
