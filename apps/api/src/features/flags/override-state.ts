import type { Db } from "@halyard/db";
import type { VariantWeight } from "@halyard/db/schema";
import type { JsonValue } from "@halyard/evaluator/model";
import { type FlagRow, getState, listVariants } from "./flags.queries.ts";
import { checkValue, type NamedWeights, toWeights } from "./values.ts";

interface OverrideState {
  readonly enabled: boolean;
  readonly value: JsonValue;
  readonly weights: readonly VariantWeight[];
  readonly bucketBy: string | null;
}

interface OverrideRequest {
  readonly flag: FlagRow;
  readonly environmentId: number;
  /** The override as it is; undefined for a new one. */
  readonly existing: (Pick<OverrideState, "weights" | "bucketBy"> & { readonly value: JsonValue | null }) | undefined;
  readonly wish: {
    readonly enabled: boolean;
    readonly value?: JsonValue | undefined;
    readonly weights?: NamedWeights | undefined;
    readonly bucketBy?: string | null | undefined;
  };
}

/** The state of a segment's or identity's override. What is not wished for stays, or begins as the environment's. */
export async function toOverrideState(tx: Db, { flag, environmentId, existing, wish }: OverrideRequest): Promise<OverrideState> {
  if (wish.value !== undefined) checkValue("value", flag, wish.value);
  const base = existing ?? (await getState(tx, flag.id, environmentId));
  return {
    enabled: wish.enabled,
    value: wish.value === undefined ? base.value : wish.value,
    weights: wish.weights ? toWeights(await listVariants(tx, flag.id), wish.weights) : base.weights,
    bucketBy: wish.bucketBy === undefined ? base.bucketBy : wish.bucketBy,
  };
}
