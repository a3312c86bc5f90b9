import type { flagSummary } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import {
  environment,
  flagOwner,
  flagState,
  flagTag,
  identityOverride,
  revision,
  segmentOverride,
  tag,
  user,
  variant,
} from "@halyard/db/schema";
import { and, arrayOverlaps, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { groupBy } from "../../group-by.ts";
import { resolveActors } from "../audit/index.ts";
import type { FlagRow } from "./flags.queries.ts";
import { listInexactOverrides, placesAnother } from "./flagsmith.queries.ts";
import { toNamedWeights } from "./values.ts";

export type FlagSummary = z.output<typeof flagSummary>;

/** Flags as lists show them, in the order they came. `environmentId` is where the last change is looked for; undefined for nowhere. */
export async function readFlagSummaries(
  tx: Db,
  flags: readonly FlagRow[],
  environmentId: number | undefined,
): Promise<FlagSummary[]> {
  const ids = flags.map((it) => it.id);
  if (ids.length === 0) return [];
  const variants = groupBy(
    await tx.select().from(variant).where(inArray(variant.flagId, ids)).orderBy(asc(variant.id)),
    (row) => row.flagId,
  );
  const tags = groupBy(await readTags(tx, ids), (row) => row.flagId);
  const owners = groupBy(await readOwners(tx, ids), (row) => row.flagId);
  const states = groupBy(await readStates(tx, ids), (row) => row.flagId);
  const changes = await readLastChanges(tx, flags, environmentId);
  return flags.map((it) => {
    const options = variants.get(it.id) ?? [];
    return {
      id: it.id,
      key: it.key,
      description: it.description,
      valueType: it.valueType,
      valueSchema: it.valueSchema,
      defaultValue: it.defaultValue ?? null,
      serverOnly: it.serverOnly,
      archivedAt: it.archivedAt?.toISOString() ?? null,
      createdAt: it.createdAt.toISOString(),
      tags: (tags.get(it.id) ?? []).map((row) => row.label),
      owners: (owners.get(it.id) ?? []).map(({ userId, name }) => ({ userId, name })),
      variants: options.map(({ id, key, value, defaultWeight }) => ({ id, key, value, defaultWeight })),
      states: (states.get(it.id) ?? []).map((row) => ({
        environment: row.environment,
        enabled: row.enabled,
        value: row.value,
        weights: toNamedWeights(row.weights, options),
        ...(row.bucketBy !== null && { bucketBy: row.bucketBy }),
        segmentOverrides: row.segmentOverrides,
        identityOverrides: row.identityOverrides,
        prerequisites: row.prerequisites.length,
        flagsmithExact: row.flagsmithExact,
      })),
      lastChange: changes.get(it.key) ?? null,
    };
  });
}

async function readTags(tx: Db, ids: number[]) {
  return tx
    .select({ flagId: flagTag.flagId, label: tag.label })
    .from(flagTag)
    .innerJoin(tag, eq(tag.id, flagTag.tagId))
    .where(inArray(flagTag.flagId, ids))
    .orderBy(asc(tag.label));
}

async function readOwners(tx: Db, ids: number[]) {
  return tx
    .select({ flagId: flagOwner.flagId, userId: user.id, name: user.name })
    .from(flagOwner)
    .innerJoin(user, eq(user.id, flagOwner.userId))
    .where(inArray(flagOwner.flagId, ids))
    .orderBy(asc(user.name), asc(user.id));
}

/** Every environment's state of the flags with how many overrides stand before it. */
async function readStates(tx: Db, ids: number[]) {
  const rows = await tx
    .select({
      flagId: flagState.flagId,
      environmentId: environment.id,
      environment: environment.slug,
      enabled: flagState.enabled,
      value: flagState.value,
      weights: flagState.weights,
      bucketBy: flagState.bucketBy,
      prerequisites: flagState.prerequisites,
    })
    .from(flagState)
    .innerJoin(environment, eq(environment.id, flagState.environmentId))
    .where(inArray(flagState.flagId, ids))
    .orderBy(asc(environment.position), asc(environment.id));
  const segments = await tx
    .select({ flagId: segmentOverride.flagId, environmentId: segmentOverride.environmentId, count: count() })
    .from(segmentOverride)
    .where(inArray(segmentOverride.flagId, ids))
    .groupBy(segmentOverride.flagId, segmentOverride.environmentId);
  const identities = await tx
    .select({ flagId: identityOverride.flagId, environmentId: identityOverride.environmentId, count: count() })
    .from(identityOverride)
    .where(inArray(identityOverride.flagId, ids))
    .groupBy(identityOverride.flagId, identityOverride.environmentId);
  const inexact = new Set(
    (await listInexactOverrides(tx, ids)).map(({ override: { flagId, environmentId } }) => `${flagId}@${environmentId}`),
  );
  const counted = (list: typeof segments) => new Map(list.map((it) => [`${it.flagId}@${it.environmentId}`, it.count]));
  const [bySegment, byIdentity] = [counted(segments), counted(identities)];
  return rows.map((row) => {
    const place = `${row.flagId}@${row.environmentId}`;
    const flagsmithExact = row.prerequisites.length === 0 && !placesAnother(row) && !inexact.has(place);
    return { ...row, flagsmithExact, segmentOverrides: bySegment.get(place) ?? 0, identityOverrides: byIdentity.get(place) ?? 0 };
  });
}

/** By flag key. */
async function readLastChanges(tx: Db, flags: readonly FlagRow[], environmentId: number | undefined) {
  if (environmentId === undefined) return new Map<string, NonNullable<FlagSummary["lastChange"]>>();
  const subjects = flags.map((it) => `flag:${it.key}`);
  const about = tx
    .select({
      version: revision.version,
      actor: revision.actor,
      at: revision.createdAt,
      subject: sql<string>`unnest(${revision.subjects})`.as("subject"),
    })
    .from(revision)
    .where(and(eq(revision.environmentId, environmentId), arrayOverlaps(revision.subjects, subjects)))
    .as("about");
  const rows = await tx
    .selectDistinctOn([about.subject], { version: about.version, actor: about.actor, at: about.at, subject: about.subject })
    .from(about)
    .where(inArray(about.subject, subjects))
    .orderBy(about.subject, desc(about.version));
  const names = await resolveActors(
    tx,
    rows.map((row) => row.actor),
  );
  return new Map(
    rows.map(({ version, actor, at, subject }) => [
      subject.slice("flag:".length),
      { version, actor: names.get(actor) ?? actor, at: at.toISOString() },
    ]),
  );
}
