import type { Db } from "@halyard/db";
import {
  environment,
  flag,
  flagState,
  identity,
  identityOverride,
  organisation,
  project,
  segment,
  segmentOverride,
  type VariantWeight,
  variant,
} from "@halyard/db/schema";
import type {
  EnvironmentSettings,
  Flag,
  FlagState,
  IdentityOverride,
  IdentityOverrides,
  JsonValue,
  Segment,
  SegmentOverride,
  Snapshot,
} from "@halyard/evaluator/model";
import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { notFound } from "../../errors.ts";
import { groupBy } from "../../group-by.ts";
import { toSegment } from "./segment-versions.queries.ts";

type Ids = readonly number[] | "all";
type VariantRow = typeof variant.$inferSelect;
type StateRow = {
  enabled: boolean;
  value: JsonValue | null;
  weights: readonly VariantWeight[];
  seed: string;
  bucketBy: string | null;
};

/** Everything an environment answers with, as it is in this transaction. */
export async function readSnapshot(
  tx: Db,
  environmentId: number,
): Promise<{ snapshot: Snapshot; identityOverrides: IdentityOverrides[] }> {
  const settings = await readSettings(tx, environmentId);
  const [flags, segments, identityOverrides] = [
    await readFlags(tx, environmentId, "all"),
    await readSegments(tx, settings.project.id, "all"),
    await readIdentityOverrides(tx, environmentId, "all"),
  ];
  return { snapshot: { environment: settings, flags, segments }, identityOverrides };
}

export async function readSettings(tx: Db, environmentId: number): Promise<EnvironmentSettings> {
  const [row] = await tx
    .select({ environment, project, organisation })
    .from(environment)
    .innerJoin(project, eq(project.id, environment.projectId))
    .innerJoin(organisation, eq(organisation.id, project.organisationId))
    .where(eq(environment.id, environmentId));
  if (!row) throw notFound("environment", environmentId);
  return {
    id: row.environment.id,
    name: row.environment.name,
    bucketingKey: row.environment.bucketingKey,
    project: { id: row.project.id, name: row.project.name },
    organisation: { id: row.organisation.id, name: row.organisation.name },
    hideDisabledFlags: row.environment.hideDisabledFlags ?? row.project.hideDisabledFlags,
    allowClientTraits: row.environment.allowClientTraits,
    hideSensitiveData: row.environment.hideSensitiveData,
    ...(row.environment.clockAt && { clock: row.environment.clockAt.getTime() }),
  };
}

/** Flags with their state in one environment, ascending by id; archived ones are left out. */
export async function readFlags(tx: Db, environmentId: number, ids: Ids): Promise<Flag[]> {
  if (ids !== "all" && ids.length === 0) return [];
  const rows = await tx
    .select({ flag, state: flagState })
    .from(flagState)
    .innerJoin(flag, eq(flag.id, flagState.flagId))
    .where(
      and(
        eq(flagState.environmentId, environmentId),
        isNull(flag.archivedAt),
        ids === "all" ? undefined : inArray(flag.id, [...ids]),
      ),
    )
    .orderBy(asc(flag.id));
  const flagIds = rows.map((row) => row.flag.id);
  const variants = groupBy(await readVariants(tx, flagIds), (row) => row.flagId);
  const overrides = groupBy(await readOverrideRows(tx, environmentId, flagIds), (row) => row.flagId);
  return rows.map(({ flag, state }) => {
    const options = variants.get(flag.id) ?? [];
    return {
      id: flag.id,
      key: flag.key,
      valueType: flag.valueType,
      serverOnly: flag.serverOnly,
      ...toState(state, options),
      ...(state.prerequisites.length > 0 && { prerequisites: state.prerequisites }),
      overrides: (overrides.get(flag.id) ?? []).map(
        (row): SegmentOverride => ({
          id: row.id,
          segmentId: row.segmentId,
          priority: row.priority,
          ...toState(row, options),
        }),
      ),
      metadata: {
        description: flag.description === "" ? null : flag.description,
        createdAt: flag.createdAt.toISOString(),
        defaultEnabled: flag.defaultEnabled,
        defaultValue: flag.defaultValue,
      },
    };
  });
}

/** A project's segments in their version in force, ascending by id. */
export async function readSegments(tx: Db, projectId: number, ids: Ids): Promise<Segment[]> {
  if (ids !== "all" && ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(segment)
    .where(and(eq(segment.projectId, projectId), ids === "all" ? undefined : inArray(segment.id, [...ids])))
    .orderBy(asc(segment.id));
  return rows.map(toSegment);
}

/** Overrides by identity, ascending by identity id; identities without any are left out unless they are asked for by id. */
export async function readIdentityOverrides(tx: Db, environmentId: number, identityIds: Ids): Promise<IdentityOverrides[]> {
  if (identityIds !== "all" && identityIds.length === 0) return [];
  const rows = await tx
    .select({ override: identityOverride, identifier: identity.identifier })
    .from(identityOverride)
    .innerJoin(identity, eq(identity.id, identityOverride.identityId))
    .innerJoin(flag, eq(flag.id, identityOverride.flagId))
    .where(
      and(
        eq(identityOverride.environmentId, environmentId),
        isNull(flag.archivedAt),
        identityIds === "all" ? undefined : isAnyOf(identity.id, identityIds),
      ),
    )
    .orderBy(asc(identity.id), asc(identityOverride.flagId));
  const variants = groupBy(await readVariants(tx, [...new Set(rows.map((row) => row.override.flagId))]), (row) => row.flagId);
  const byIdentifier = groupBy(rows, (row) => row.identifier);
  return [...byIdentifier].map(([identifier, list]) => ({
    identifier,
    overrides: list.map(
      ({ override }): IdentityOverride => ({
        id: override.id,
        flagId: override.flagId,
        ...toState(override, variants.get(override.flagId) ?? []),
      }),
    ),
  }));
}

async function readVariants(tx: Db, flagIds: readonly number[]): Promise<VariantRow[]> {
  if (flagIds.length === 0) return [];
  return tx
    .select()
    .from(variant)
    .where(inArray(variant.flagId, [...flagIds]))
    .orderBy(asc(variant.id));
}

async function readOverrideRows(tx: Db, environmentId: number, flagIds: readonly number[]) {
  if (flagIds.length === 0) return [];
  return tx
    .select()
    .from(segmentOverride)
    .where(and(eq(segmentOverride.environmentId, environmentId), inArray(segmentOverride.flagId, [...flagIds])))
    .orderBy(asc(segmentOverride.priority), asc(segmentOverride.id));
}

/** As one parameter: a flag can have more identity overrides than a statement has parameters (65,535). */
const isAnyOf = (column: PgColumn, ids: readonly number[]): SQL => sql`${column} = any(${sql.param([...ids])}::int[])`;

function toState(row: StateRow, options: readonly VariantRow[]): FlagState {
  const variants = row.weights.flatMap(({ variantId, weight }) => {
    const option = options.find((it) => it.id === variantId);
    return option ? [{ id: option.id, key: option.key, value: option.value, weight }] : [];
  });
  const { enabled, value, seed, bucketBy } = row;
  return { enabled, value, variants, seed, ...(bucketBy !== null && { bucketBy }) };
}
