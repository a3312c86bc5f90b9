import type { explainOutput, RuleExplanation } from "@halyard/contracts/schemas";
import type { CompiledEnvironment, Context } from "@halyard/evaluator";
import {
  type ConditionTrace,
  decisionToken,
  explain,
  type PrerequisiteTrace,
  type RuleTrace,
  type Step,
} from "@halyard/evaluator/explain";
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
  return explainIn(await readEnvironment(services, environmentId), { flag, context });
}

interface Place {
  readonly version: number;
  readonly position: string;
  readonly compiled: CompiledEnvironment;
}

/** @throws AppError `not_found` */
export function explainIn(
  { version, position, compiled }: Place,
  { flag, context }: { readonly flag: string; readonly context: Context },
): ExplainResult {
  const explanation = explain(compiled, flag, context);
  const { evaluation, steps, prerequisites } = explanation;
  if (evaluation.errorCode === "FLAG_NOT_FOUND") throw notFound("flag", flag);
  return {
    version,
    token: decisionToken(explanation, { position, context }),
    outcome: outcomeOf(flag, evaluation),
    prerequisites: prerequisites.map(toPrerequisite),
    steps: steps.map(toStep),
  };
}

function toPrerequisite({ flagKey, prerequisite, evaluation, isMet }: PrerequisiteTrace): ExplainResult["prerequisites"][number] {
  const { enabled, variant = null } = prerequisite;
  const given = evaluation && { enabled: evaluation.enabled, variant: evaluation.variant };
  return { flag: flagKey, required: { enabled, variant }, given, isMet };
}

function toStep(step: Step): ExplainResult["steps"][number] {
  const { applies, decided } = step;
  const placement = step.placement && { ...step.placement, arms: step.placement.arms.map((arm) => ({ ...arm })) };
  if (step.source !== "segment") return { source: step.source, applies, decided, placement };
  const { key, name } = step.segment;
  return { source: "segment", applies, decided, placement, segment: { key, name }, rules: step.rules.map(toRule) };
}

function toRule({ type, matches, conditions, rules }: RuleTrace): RuleExplanation {
  return {
    type,
    matches,
    conditions: conditions.map(toCondition),
    rules: rules.map(toRule),
  };
}

function toCondition({
  condition,
  given,
  matches,
  elements,
  moments,
  split,
}: ConditionTrace): RuleExplanation["conditions"][number] {
  const { operator, property, value } = condition;
  return {
    operator,
    property,
    value: typeof value === "string" ? value : [...value],
    ignoreCase: condition.ignoreCase ?? false,
    elements: condition.elements ?? null,
    given: typeof given === "object" && given !== null ? [...given] : given,
    matches,
    verdicts: elements && [...elements],
    moments,
    split,
  };
}
