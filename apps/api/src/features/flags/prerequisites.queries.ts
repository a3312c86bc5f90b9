import type { flagDetail } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment, flag, flagState } from "@halyard/db/schema";
import type { Prerequisite } from "@halyard/evaluator/model";
import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { z } from "zod";

type FlagDetail = z.output<typeof flagDetail>;

/** A state that requires a flag. */
export interface Dependent {
  readonly flag: string;
  readonly isArchived: boolean;
  /** Slug. */
  readonly environment: string;
  readonly environmentId: number;
  readonly requirement: Prerequisite;
}

/** Who requires a flag, in every environment, in the environments' order and by key. */
export async function listDependents(tx: Db, flagId: number): Promise<Dependent[]> {
  const rows = await tx
    .select({
      flag: flag.key,
      archivedAt: flag.archivedAt,
      environment: environment.slug,
      environmentId: environment.id,
      prerequisites: flagState.prerequisites,
    })
    .from(flagState)
    .innerJoin(flag, eq(flag.id, flagState.flagId))
    .innerJoin(environment, eq(environment.id, flagState.environmentId))
    .where(sql`${flagState.prerequisites} @> ${JSON.stringify([{ flagId }])}::jsonb`)
    .orderBy(asc(environment.position), asc(environment.id), asc(flag.key));
  return rows.flatMap(({ archivedAt, prerequisites, ...row }) =>
    prerequisites
      .filter((it) => it.flagId === flagId)
      .map((requirement) => ({ ...row, isArchived: archivedAt !== null, requirement })),
  );
}

export const toDependent = ({ flag, isArchived, requirement: { enabled, variant } }: Dependent) => ({
  flag,
  isArchived,
  enabled,
  variant: variant ?? null,
});

/** As callers see them: flags by key. */
export async function readPrerequisites(tx: Db, list: readonly Prerequisite[]): Promise<FlagDetail["prerequisites"]> {
  if (list.length === 0) return [];
  const rows = await tx
    .select({ id: flag.id, key: flag.key })
    .from(flag)
    .where(
      inArray(
        flag.id,
        list.map((it) => it.flagId),
      ),
    );
  const keys = new Map(rows.map((row) => [row.id, row.key]));
  return list.map(({ flagId, enabled, variant }) => ({
    flag: keys.get(flagId) ?? `#${flagId}`,
    enabled,
    variant: variant ?? null,
  }));
}

/** Every flag of an environment that has prerequisites, archived ones too: restoring one must not close a circle. */
export async function listRequirements(tx: Db, environmentId: number) {
  return tx
    .select({ id: flag.id, key: flag.key, prerequisites: flagState.prerequisites })
    .from(flagState)
    .innerJoin(flag, eq(flag.id, flagState.flagId))
    .where(and(eq(flagState.environmentId, environmentId), ne(flagState.prerequisites, [])));
}

/** Keys of archived flags that the flag requires somewhere. */
export async function listArchivedPrerequisites(tx: Db, flagId: number): Promise<string[]> {
  const required = tx
    .select({ id: sql<number>`(jsonb_array_elements(${flagState.prerequisites}) ->> 'flagId')::int` })
    .from(flagState)
    .where(eq(flagState.flagId, flagId));
  const rows = await tx
    .select({ key: flag.key, archivedAt: flag.archivedAt })
    .from(flag)
    .where(inArray(flag.id, required))
    .orderBy(asc(flag.key));
  return rows.filter((row) => row.archivedAt !== null).map((row) => row.key);
}
