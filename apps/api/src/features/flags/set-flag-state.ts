import type { Db } from "@halyard/db";
import { flagState } from "@halyard/db/schema";
import type { JsonValue } from "@halyard/evaluator/model";
import { eq } from "drizzle-orm";
import type { InEnvironment } from "../../call.ts";
import { type FlagDetail, readFlagDetail } from "./flag-detail.queries.ts";
import { type FlagRow, getFlag, getState, listVariants } from "./flags.queries.ts";
import { reviseFlag } from "./revise-flag.ts";
import { checkValue, type NamedWeights, toWeights } from "./values.ts";

interface Write {
  readonly flag: string;
  readonly expectedVersion?: number | undefined;
  readonly comment?: string | undefined;
}

export interface StateChanges extends Write {
  readonly enabled?: boolean | undefined;
  readonly value?: JsonValue | undefined;
  readonly weights?: NamedWeights | undefined;
  readonly bucketBy?: string | null | undefined;
}

/** Says what it should be, so a retry does not flip it back. */
export const setFlagEnabled = (call: InEnvironment, change: Write & { readonly enabled: boolean }): Promise<FlagDetail> =>
  setFlagState(call, change);

/** What the flag answers in one environment where nothing stronger matches. What is left out stays. */
export async function setFlagState(call: InEnvironment, changes: StateChanges): Promise<FlagDetail> {
  await reviseState(call, { ...changes, kind: "flag.state" }, async (tx, flag) => {
    const { enabled, value, bucketBy } = changes;
    if (value !== undefined) checkValue("value", flag, value);
    const weights = changes.weights && toWeights(await listVariants(tx, flag.id), changes.weights);
    const state = await getState(tx, flag.id, call.environment.id);
    await tx
      .update(flagState)
      .set({ enabled, value, weights, bucketBy, updatedAt: new Date() })
      .where(eq(flagState.id, state.id));
  });
  return getFlagDetail(call, changes.flag);
}

/** A write to one flag in one environment. */
export async function reviseState(
  call: InEnvironment,
  change: Write & {
    readonly kind: "flag.state" | "flag.prerequisites" | "override.set" | "override.deleted" | "override.reordered";
    readonly about?: readonly string[];
  },
  write: (tx: Db, flag: FlagRow) => Promise<void>,
): Promise<void> {
  const { id } = call.environment;
  const { flag: key, kind, comment, about = [], expectedVersion } = change;
  const expected = expectedVersion === undefined ? undefined : { environmentId: id, version: expectedVersion };
  await reviseFlag(call, { key, kind, comment, about, environments: [id], expected }, write);
}

export async function getFlagDetail(
  { revisions: { db }, project, environment }: InEnvironment,
  key: string,
): Promise<FlagDetail> {
  return readFlagDetail(db, await getFlag(db, project.id, key), environment.id);
}
