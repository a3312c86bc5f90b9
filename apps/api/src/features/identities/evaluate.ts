import type { evaluateOutput } from "@halyard/contracts/schemas";
import { type Context, type Evaluation, evaluateAll, segmentsOf } from "@halyard/evaluator";
import type { z } from "zod";
import type { Services } from "../../context.ts";
import { readEnvironment } from "./read-environment.ts";

export type EvaluateResult = z.output<typeof evaluateOutput>;

/** What a context gets from every flag that is not archived, and why. */
export async function evaluateContext(
  services: Pick<Services, "db" | "delivery">,
  environmentId: number,
  context: Context,
): Promise<EvaluateResult> {
  const { version, compiled } = await readEnvironment(services, environmentId);
  const flags = evaluateAll(compiled, context);
  return {
    version,
    segments: segmentsOf(compiled, context).map(({ key, name }) => ({ key, name })),
    outcomes: [...flags].map(([flag, evaluation]) => outcomeOf(flag, evaluation)),
  };
}

export function outcomeOf(flag: string, it: Evaluation): EvaluateResult["outcomes"][number] {
  return {
    flag,
    valueType: it.valueType,
    enabled: it.enabled,
    value: it.value,
    variant: it.variant,
    reason: it.reason,
    source: it.source,
    segment: it.segment ?? null,
    weight: it.weight ?? null,
    prerequisite: it.prerequisite ?? null,
  };
}
