import type { explainOutput, RuleExplanation } from "@halyard/contracts/schemas";
import type { Context } from "@halyard/evaluator";
import { explain, type RuleTrace, type Step } from "@halyard/evaluator/explain";
import type { z } from "zod";
import type { Services } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { outcomeOf } from "./evaluate.ts";
import { readEnvironment } from "./read-environment.ts";

type ExplainResult = z.output<typeof explainOutput>;

/**
 * How a flag that is not archived is decided for a context.
 *
 * @throws AppError `not_found`
 */
export async function explainFlag(
  services: Pick<Services, "db" | "delivery">,
  environmentId: number,
  { flag, context }: { readonly flag: string; readonly context: Context },
): Promise<ExplainResult> {
  const { version, compiled } = await readEnvironment(services, environmentId);
  const { evaluation, steps } = explain(compiled, flag, context);
  if (evaluation.errorCode === "FLAG_NOT_FOUND") throw notFound("flag", flag);
  return { version, outcome: outcomeOf(flag, evaluation), steps: steps.map(toStep) };
}

function toStep(step: Step): ExplainResult["steps"][number] {
  const { applies, decided } = step;
  const placement = step.placement && {
    place: step.placement.place,
    arms: step.placement.arms.map((arm) => ({ ...arm })),
  };
  if (step.source !== "segment") return { source: step.source, applies, decided, placement };
  const { key, name } = step.segment;
  return { source: "segment", applies, decided, placement, segment: { key, name }, rules: step.rules.map(toRule) };
}

function toRule({ type, matches, conditions, rules }: RuleTrace): RuleExplanation {
  return {
    type,
    matches,
    conditions: conditions.map(({ condition: { operator, property, value }, given, matches, split }) => ({
      operator,
      property,
      value: typeof value === "string" ? value : [...value],
      given,
      matches,
      split,
    })),
    rules: rules.map(toRule),
  };
}
