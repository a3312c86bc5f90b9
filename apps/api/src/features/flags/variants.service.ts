import { LIMITS } from "@halyard/contracts";
import type { Db } from "@halyard/db";
import { environment, flagState, identityOverride, segmentOverride, variant } from "@halyard/db/schema";
import type { JsonValue } from "@halyard/evaluator/model";
import { asc, eq, sql } from "drizzle-orm";
import type { InProject } from "../../call.ts";
import { AppError, invalid, notFound } from "../../errors.ts";
import type { FlagSummary } from "./flag-summary.queries.ts";
import { type FlagRow, listVariants, type VariantRow } from "./flags.queries.ts";
import { refuseRequiredVariant } from "./required-flags.ts";
import { findExpected, reviseFlag } from "./revise-flag.ts";
import { getFlagSummary } from "./update-flag.ts";
import { checkVariantKey, checkVariantValue, isOverfull, threeDecimals } from "./values.ts";

interface Write {
  readonly flag: string;
  readonly expected?: { readonly environment: string; readonly version: number } | undefined;
  readonly comment?: string | undefined;
}

interface NewVariant extends Write {
  readonly key: string;
  readonly value: JsonValue;
  readonly defaultWeight: number;
}

/** The new variant joins every environment's shares with its default weight, behind the others so that nobody changes bucket. */
export async function createVariant(call: InProject, wish: NewVariant): Promise<FlagSummary> {
  await reviseVariants(call, { ...wish, kind: "variant.created" }, async (tx, flag) => {
    checkVariantValue("value", flag, wish.value);
    const variants = await listVariants(tx, flag.id);
    checkFreeKey(variants, wish.key);
    if (variants.length >= LIMITS.variantsPerFlag) {
      throw new AppError("conflict", `A flag has at most ${LIMITS.variantsPerFlag} variants; delete one first.`);
    }
    const weight = threeDecimals(wish.defaultWeight);
    if (isOverfull([...variants.map((it) => ({ weight: it.defaultWeight })), { weight }])) {
      throw invalid(
        "defaultWeight",
        "With it the default weights add up to more than 100. Use 0 and set the weights by environment.",
      );
    }
    const [made] = await tx
      .insert(variant)
      .values({ flagId: flag.id, key: wish.key, value: wish.value, defaultWeight: weight })
      .returning();
    if (!made) throw new TypeError("An insert returns its row.");
    await appendToStates(tx, flag, { variantId: made.id, weight });
  });
  return getFlagSummary(call, wish.flag);
}

async function appendToStates(tx: Db, flag: FlagRow, share: { readonly variantId: number; readonly weight: number }) {
  const states = await tx
    .select({ id: flagState.id, weights: flagState.weights, environment: environment.slug })
    .from(flagState)
    .innerJoin(environment, eq(environment.id, flagState.environmentId))
    .where(eq(flagState.flagId, flag.id))
    .orderBy(asc(flagState.id));
  for (const state of states) {
    const weights = [...state.weights, share];
    if (isOverfull(weights)) {
      throw invalid(
        "defaultWeight",
        `With it the weights in ${state.environment} add up to more than 100. Use 0 and set them there.`,
      );
    }
    await tx.update(flagState).set({ weights }).where(eq(flagState.id, state.id));
  }
}

interface VariantChanges extends Write {
  readonly id: number;
  readonly key?: string | undefined;
  readonly value?: JsonValue | undefined;
}

export async function updateVariant(call: InProject, changes: VariantChanges): Promise<FlagSummary> {
  const { id, key, value } = changes;
  await reviseVariants(call, { ...changes, kind: "variant.updated" }, async (tx, flag) => {
    const variants = await listVariants(tx, flag.id);
    const row = variants.find((it) => it.id === id);
    if (!row) throw notFound("variant", id);
    if (value !== undefined) checkVariantValue("value", flag, value);
    if (key !== undefined) {
      const others = variants.filter((it) => it.id !== id);
      checkFreeKey(others, key);
      if (key !== row.key) await refuseRequiredVariant(tx, flag, { variant: row, isLast: false });
    }
    if (key !== undefined || value !== undefined) await tx.update(variant).set({ key, value }).where(eq(variant.id, id));
  });
  return getFlagSummary(call, changes.flag);
}

/** Its share goes to control, everywhere. */
export async function deleteVariant(call: InProject, wish: Write & { readonly id: number }): Promise<FlagSummary> {
  const { id } = wish;
  await reviseVariants(call, { ...wish, kind: "variant.deleted" }, async (tx, flag) => {
    const variants = await listVariants(tx, flag.id);
    const row = variants.find((it) => it.id === id);
    if (!row) throw notFound("variant", id);
    await refuseRequiredVariant(tx, flag, { variant: row, isLast: variants.length === 1 });
    for (const table of [flagState, segmentOverride, identityOverride]) {
      await tx
        .update(table)
        .set({ weights: without(table, id) })
        .where(eq(table.flagId, flag.id));
    }
    await tx.delete(variant).where(eq(variant.id, id));
  });
  return getFlagSummary(call, wish.flag);
}

const without = ({ weights }: typeof flagState | typeof segmentOverride | typeof identityOverride, variantId: number) => sql`(
  select coalesce(jsonb_agg(share order by place), '[]'::jsonb)
  from jsonb_array_elements(${weights}) with ordinality as shares(share, place)
  where (share ->> 'variantId')::int <> ${variantId})`;

async function reviseVariants(
  call: InProject,
  { flag: key, kind, comment, expected }: Write & { readonly kind: "variant.created" | "variant.updated" | "variant.deleted" },
  write: (tx: Db, flag: FlagRow) => Promise<void>,
): Promise<void> {
  await reviseFlag(
    call,
    { key, kind, comment, environments: "all", expected: await findExpected(call, expected), reachesIdentities: true },
    write,
  );
}

function checkFreeKey(others: readonly VariantRow[], key: string): void {
  checkVariantKey("key", key);
  if (others.some((it) => it.key === key)) {
    throw new AppError("conflict", `The variant \`${key}\` exists already; choose another key.`);
  }
}
