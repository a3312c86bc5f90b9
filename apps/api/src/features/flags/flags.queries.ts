import type { Db } from "@halyard/db";
import { flag, flagState, flagTag, identityOverride, member, segmentOverride, tag, variant } from "@halyard/db/schema";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { AppError, notFound } from "../../errors.ts";

export type FlagRow = typeof flag.$inferSelect;
export type VariantRow = typeof variant.$inferSelect;
export type StateRow = typeof flagState.$inferSelect;

/** By its exact key. @throws AppError `not_found` */
export async function getFlag(tx: Db, projectId: number, key: string): Promise<FlagRow> {
  const found = await findFlagLike(tx, projectId, key);
  if (found?.key !== key) throw notFound("flag", key);
  return found;
}

/** The same, for writes: an archived flag is in no snapshot, so a change of it would reach nobody and leave no revision. */
export async function getLiveFlag(tx: Db, projectId: number, key: string): Promise<FlagRow> {
  const found = await getFlag(tx, projectId, key);
  if (found.archivedAt) throw new AppError("conflict", `The flag \`${key}\` is archived; restore it first.`);
  return found;
}

/** Whatever the case of its letters: keys are unique without regard to it. */
export async function findFlagLike(tx: Db, projectId: number, key: string): Promise<FlagRow | undefined> {
  const [row] = await tx
    .select()
    .from(flag)
    .where(and(eq(flag.projectId, projectId), sql`lower(${flag.key}) = lower(${key})`));
  return row;
}

export async function listVariants(tx: Db, flagId: number): Promise<VariantRow[]> {
  return tx.select().from(variant).where(eq(variant.flagId, flagId)).orderBy(asc(variant.id));
}

export async function getState(tx: Db, flagId: number, environmentId: number): Promise<StateRow> {
  const [row] = await tx
    .select()
    .from(flagState)
    .where(and(eq(flagState.flagId, flagId), eq(flagState.environmentId, environmentId)));
  if (!row) throw notFound("flag state", flagId);
  return row;
}

/** Every identity, of any environment, that has an override of the flag: they lose or change it with the flag. */
export async function listOverridingIdentities(tx: Db, flagId: number): Promise<number[]> {
  const rows = await tx
    .select({ id: identityOverride.identityId })
    .from(identityOverride)
    .where(eq(identityOverride.flagId, flagId));
  return rows.map((row) => row.id);
}

/** One flag's overrides in one environment, strongest first. */
export async function listSegmentOverrides(tx: Db, flagId: number, environmentId: number) {
  return tx
    .select()
    .from(segmentOverride)
    .where(and(eq(segmentOverride.flagId, flagId), eq(segmentOverride.environmentId, environmentId)))
    .orderBy(asc(segmentOverride.priority), asc(segmentOverride.id));
}

/** Labels the project has no tag for are missing in the answer. */
export async function findTags(tx: Db, projectId: number, labels: readonly string[]) {
  if (labels.length === 0) return [];
  return tx
    .select({ id: tag.id, label: tag.label })
    .from(tag)
    .where(and(eq(tag.projectId, projectId), inArray(tag.label, [...labels])));
}

export async function listTagLabels(tx: Db, flagId: number): Promise<string[]> {
  const rows = await tx
    .select({ label: tag.label })
    .from(flagTag)
    .innerJoin(tag, eq(tag.id, flagTag.tagId))
    .where(eq(flagTag.flagId, flagId))
    .orderBy(asc(tag.label));
  return rows.map((row) => row.label);
}

export async function findMembers(tx: Db, organisationId: number, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  const rows = await tx
    .select({ userId: member.userId })
    .from(member)
    .where(and(eq(member.organisationId, organisationId), inArray(member.userId, [...userIds])));
  return rows.map((row) => row.userId);
}
