import type { createFlagInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { flag, flagState, flagTag, variant } from "@halyard/db/schema";
import type { z } from "zod";
import type { InProject } from "../../call.ts";
import { AppError, invalid } from "../../errors.ts";
import { withRevision } from "../revisions/index.ts";
import { type FlagSummary, readFlagSummaries } from "./flag-summary.queries.ts";
import { type FlagRow, findFlagLike, findTags, type VariantRow } from "./flags.queries.ts";
import { checkValueSchema } from "./value-schema.ts";
import { byId, checkValue, checkVariantKey, checkVariantValue, isOverfull, threeDecimals } from "./values.ts";

export type FlagWish = Omit<z.output<typeof createFlagInput>, "organisation" | "project">;

/** Makes a flag with the same state in every environment of its project. */
export async function createFlag(call: InProject, wish: FlagWish): Promise<FlagSummary> {
  const { value = null } = wish;
  checkValueSchema(wish);
  checkValue("value", wish, value);
  checkVariants(wish);
  const { result } = await withRevision(
    call.revisions,
    {
      actor: call.actor,
      request: call.request,
      kind: "flag.created",
      comment: wish.comment,
      project: call.project.id,
      environments: "all",
      touches: {},
    },
    async (tx, environments) => {
      await refuseTaken(tx, call.project.id, wish.key);
      const { key, description, valueType, valueSchema, serverOnly, enabled } = wish;
      const made = await insertFlag(tx, {
        ...{ projectId: call.project.id, key, description, valueType, valueSchema, serverOnly },
        defaultEnabled: enabled,
        defaultValue: value,
      });
      const variants = await insertVariants(tx, made, wish.variants);
      const weights = byId(variants).map((it) => ({ variantId: it.id, weight: it.defaultWeight }));
      const states = environments.map((it) => ({
        flagId: made.id,
        environmentId: it.id,
        enabled: wish.enabled,
        value,
        weights,
      }));
      if (states.length > 0) await tx.insert(flagState).values(states);
      await addFlagTags(tx, made, wish.tags);
      return { result: made, touched: { flags: [made.id] } };
    },
  );
  const [summary] = await readFlagSummaries(call.revisions.db, [result], undefined);
  if (!summary) throw new AppError("conflict", `The flag \`${wish.key}\` was deleted at once by somebody else.`);
  return summary;
}

function checkVariants(wish: FlagWish): void {
  const { variants } = wish;
  for (const [index, it] of variants.entries()) {
    checkVariantValue(`variants.${index}.value`, wish, it.value);
    checkVariantKey(`variants.${index}.key`, it.key);
    if (variants.findIndex((other) => other.key === it.key) < index) {
      throw invalid(`variants.${index}.key`, `Two variants are called \`${it.key}\`; give each its own key.`);
    }
  }
  if (isOverfull(variants)) throw invalid("variants", "Weights add up to more than 100.");
}

async function refuseTaken(tx: Db, projectId: number, key: string): Promise<void> {
  const taken = await findFlagLike(tx, projectId, key);
  if (!taken) return;
  const [current] = await readFlagSummaries(tx, [taken], undefined);
  const archived = taken.archivedAt ? " and is archived; restore it or delete it, or" : ";";
  throw new AppError("conflict", `The flag \`${taken.key}\` exists already${archived} choose another key.`, { current });
}

/** The flag's own row, for a verb that has its revision open; variants and states are the caller's. */
export async function insertFlag(tx: Db, values: typeof flag.$inferInsert): Promise<FlagRow> {
  const [made] = await tx.insert(flag).values(values).returning();
  if (!made) throw new TypeError("An insert returns its row.");
  return made;
}

async function insertVariants(tx: Db, { id }: FlagRow, wishes: FlagWish["variants"]): Promise<VariantRow[]> {
  if (wishes.length === 0) return [];
  const rows = wishes.map(({ key, value, weight }) => ({ flagId: id, key, value, defaultWeight: threeDecimals(weight) }));
  return tx.insert(variant).values(rows).returning();
}

/** @throws AppError `invalid` for a label the project has no tag for */
export async function addFlagTags(tx: Db, { id, projectId }: FlagRow, labels: readonly string[]): Promise<void> {
  const tags = await findTags(tx, projectId, labels);
  const unknown = labels.findIndex((label) => !tags.some((it) => it.label === label));
  if (unknown >= 0) throw invalid(`tags.${unknown}`, `There is no tag \`${labels[unknown]}\` in this project; make it first.`);
  if (tags.length > 0) await tx.insert(flagTag).values(tags.map((it) => ({ flagId: id, tagId: it.id })));
}
