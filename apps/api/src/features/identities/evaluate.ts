import type { evaluateOutput } from "@halyard/contracts/schemas";
import { type CompiledEnvironment, type Context, compile, evaluateAll, segmentsOf } from "@halyard/evaluator";
import { re2Engine } from "@halyard/evaluator/regex";
import type { z } from "zod";
import type { Services } from "../../context.ts";
import { AppError, notFound } from "../../errors.ts";
import type { Delivery } from "../delivery/index.ts";
import { readHeads, readSnapshot } from "../revisions/index.ts";

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
    outcomes: [...flags].map(([flag, it]) => ({
      flag,
      valueType: it.valueType,
      enabled: it.enabled,
      value: it.value,
      variant: it.variant,
      reason: it.reason,
      source: it.source,
      segment: it.segment ?? null,
      weight: it.weight ?? null,
    })),
  };
}

interface Loaded {
  readonly version: number;
  readonly compiled: CompiledEnvironment;
}

/** From memory, unless memory is behind the database: whoever has just written something must find it here. */
async function readEnvironment({ db, delivery }: Pick<Services, "db" | "delivery">, environmentId: number): Promise<Loaded> {
  const [head] = await readHeads(db, [environmentId]);
  if (!head) throw notFound("environment", environmentId);
  const state = await stateInMemory(delivery, environmentId);
  if (state?.epoch === head.epoch && state.version >= head.version) return state;
  return db.transaction(
    async (tx) => {
      const [now = head] = await readHeads(tx, [environmentId]);
      const { snapshot, identityOverrides } = await readSnapshot(tx, environmentId);
      return { version: now.version, compiled: compile(snapshot, { identityOverrides, regex: re2Engine }) };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

async function stateInMemory(delivery: Delivery, environmentId: number) {
  try {
    const hub = await delivery.environment(environmentId);
    return hub.current();
  } catch (error) {
    // The database has just answered, so it is asked instead.
    if (error instanceof AppError && error.code === "unavailable") return undefined;
    throw error;
  }
}
