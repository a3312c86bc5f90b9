import { can, type Grant } from "@halyard/contracts/permissions";
import type { environment as environmentSchema } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment, flag, flagState, variant } from "@halyard/db/schema";
import type { Prerequisite } from "@halyard/evaluator/model";
import { and, asc, eq, inArray, ne } from "drizzle-orm";
import type { z } from "zod";
import type { Project } from "../../scope.ts";

export type Environment = z.output<typeof environmentSchema>;
type Row = typeof environment.$inferSelect;

/** Rows of one statement; PostgreSQL takes at most 65,535 parameters. */
const ROWS_PER_INSERT = 1_000;

export async function listEnvironments(tx: Db, projectId: number): Promise<Row[]> {
  return tx
    .select()
    .from(environment)
    .where(eq(environment.projectId, projectId))
    .orderBy(asc(environment.position), asc(environment.id));
}

/** Those of them that somebody may see. */
export async function listVisibleEnvironments(
  tx: Db,
  { project, grants }: { readonly project: Pick<Project, "id" | "organisationId">; readonly grants: readonly Grant[] },
): Promise<Row[]> {
  const at = { organisation: project.organisationId, project: project.id };
  const rows = await listEnvironments(tx, project.id);
  return rows.filter((row) => can(grants, "VIEW_ENVIRONMENT", { ...at, environment: row.id }));
}

/**
 * Every flag of the project, archived ones too, gets its default state in the environment, and requires what it requires in the
 * project's first environment.
 */
export async function insertDefaultStates(tx: Db, target: Pick<Row, "id" | "projectId">): Promise<void> {
  const flags = await tx.select().from(flag).where(eq(flag.projectId, target.projectId)).orderBy(asc(flag.id));
  if (flags.length === 0) return;
  const variants = await tx
    .select()
    .from(variant)
    .where(inArray(variant.flagId, tx.select({ id: flag.id }).from(flag).where(eq(flag.projectId, target.projectId))))
    .orderBy(asc(variant.id));
  const weights = new Map<number, { variantId: number; weight: number }[]>();
  for (const { id, flagId, defaultWeight } of variants) {
    weights.set(flagId, [...(weights.get(flagId) ?? []), { variantId: id, weight: defaultWeight }]);
  }
  const requirements = await readFirstPrerequisites(tx, target.projectId);
  const states = flags.map((it) => ({
    flagId: it.id,
    environmentId: target.id,
    enabled: it.defaultEnabled,
    value: it.defaultValue,
    weights: weights.get(it.id) ?? [],
    prerequisites: requirements.get(it.id) ?? [],
  }));
  for (let at = 0; at < states.length; at += ROWS_PER_INSERT) {
    await tx.insert(flagState).values(states.slice(at, at + ROWS_PER_INSERT));
  }
}

/** By flag, as they are in the project's first environment. */
async function readFirstPrerequisites(tx: Db, projectId: number): Promise<ReadonlyMap<number, readonly Prerequisite[]>> {
  const [first] = await listEnvironments(tx, projectId);
  if (!first) return new Map();
  const rows = await tx
    .select({ flagId: flagState.flagId, prerequisites: flagState.prerequisites })
    .from(flagState)
    .where(and(eq(flagState.environmentId, first.id), ne(flagState.prerequisites, [])));
  return new Map(rows.map((row) => [row.flagId, row.prerequisites]));
}

export const toEnvironment = (row: Row): Environment => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  description: row.description,
  position: row.position,
  colour: row.colour,
  safety: row.safety,
  hideDisabledFlags: row.hideDisabledFlags,
  allowClientTraits: row.allowClientTraits,
  hideSensitiveData: row.hideSensitiveData,
  bucketingKey: row.bucketingKey,
  version: row.version,
  documentUpdatedAt: row.documentUpdatedAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});
