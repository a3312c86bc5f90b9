import type { Condition, Rule } from "@halyard/evaluator/model";

/** The condition at a place such as `[0, 2, 1]`: positions of the rules, and last its own among the rule's. */
export function conditionAt(rules: readonly Rule[], path: readonly number[]): Condition | undefined {
  const places = path.slice(0, -1);
  let level: readonly Rule[] = rules;
  let rule: Rule | undefined;
  for (const place of places) {
    rule = level[place];
    level = rule?.rules ?? [];
  }
  return rule?.conditions[path.at(-1) ?? -1];
}

/** The rules with another condition at a place, where there is one. */
export function withConditionAt(
  rules: readonly Rule[],
  [place = -1, ...path]: readonly number[],
  change: (condition: Condition) => Condition,
): readonly Rule[] {
  const rule = rules[place];
  if (rule === undefined || path.length === 0) return rules;
  if (path.length > 1) return rules.with(place, { ...rule, rules: withConditionAt(rule.rules, path, change) });
  const [at = -1] = path;
  const condition = rule.conditions[at];
  return condition === undefined
    ? rules
    : rules.with(place, { ...rule, conditions: rule.conditions.with(at, change(condition)) });
}
