import type { Rule } from "@halyard/evaluator/model";
import { whyRefused } from "@halyard/evaluator/regex";
import { AppError } from "../../errors.ts";

/**
 * A pattern that does not compile would match nobody without a word, so it is refused where it is written.
 *
 * @throws AppError `invalid` naming each pattern's place, such as `rules.0.conditions.2.value`, and the reason
 */
export function checkPatterns(rules: readonly Rule[]): void {
  const fields = [...refusedPatterns(rules, "rules")];
  const [first] = fields;
  if (first) throw new AppError("invalid", `\`${first.path}\`: ${first.message}`, { fields });
}

function* refusedPatterns(rules: readonly Rule[], path: string): Generator<{ path: string; message: string }> {
  for (const [index, rule] of rules.entries()) {
    for (const [place, { operator, value }] of rule.conditions.entries()) {
      const reason = operator === "REGEX" || operator === "NOT_REGEX" ? whyRefused(String(value)) : undefined;
      if (reason === undefined) continue;
      const message = `RE2 refuses this pattern (${reason}). It has no look-around and no back-references.`;
      yield { path: `${path}.${index}.conditions.${place}.value`, message };
    }
    yield* refusedPatterns(rule.rules, `${path}.${index}.rules`);
  }
}
