import type { flagDetail } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment, identity, identityOverride, segment, segmentOverride } from "@halyard/db/schema";
import { and, asc, eq } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../errors.ts";
import { readFlagSummaries } from "./flag-summary.queries.ts";
import { type FlagRow, getState, listVariants, type VariantRow } from "./flags.queries.ts";
import { readFlagsmith } from "./flagsmith.queries.ts";
import { listDependents, readPrerequisites, toDependent } from "./prerequisites.queries.ts";
import { toNamedWeights } from "./values.ts";

export type FlagDetail = z.output<typeof flagDetail>;

/** A flag may be overridden for a hundred thousand identities; the summary counts them all. */
const MOST_IDENTITY_OVERRIDES = 200;

/** One flag in one environment. */
export async function readFlagDetail(tx: Db, flag: FlagRow, environmentId: number): Promise<FlagDetail> {
  // Before the rows, so that what is read can only be newer than the version says: a conflict too many, never one too few.
  const [place] = await tx
    .select({ slug: environment.slug, version: environment.version })
    .from(environment)
    .where(eq(environment.id, environmentId));
  const [summary] = await readFlagSummaries(tx, [flag], environmentId);
  if (!place || !summary) throw notFound("flag", flag.key);
  const variants = await listVariants(tx, flag.id);
  const own = await getState(tx, flag.id, environmentId);
  return {
    ...summary,
    environment: place.slug,
    version: place.version,
    state: toState(own, variants),
    segmentOverrides: await readSegmentOverrides(tx, { flagId: flag.id, environmentId, variants }),
    identityOverrides: await readIdentityOverrides(tx, { flagId: flag.id, environmentId, variants }),
    flagsmith: await readFlagsmith(tx, { flagId: flag.id, environmentId, state: own }),
    prerequisites: await readPrerequisites(tx, own.prerequisites),
    dependents: (await listDependents(tx, flag.id)).filter((it) => it.environmentId === environmentId).map(toDependent),
  };
}

type StateColumns = Pick<typeof segmentOverride.$inferSelect, "enabled" | "value" | "weights" | "bucketBy">;

export const toState = ({ enabled, value, weights, bucketBy }: StateColumns, variants: readonly VariantRow[]) => ({
  enabled,
  value,
  weights: toNamedWeights(weights, variants),
  ...(bucketBy !== null && { bucketBy }),
});

interface OfFlag {
  readonly flagId: number;
  readonly environmentId: number;
  readonly variants: readonly VariantRow[];
}

async function readSegmentOverrides(tx: Db, { flagId, environmentId, variants }: OfFlag) {
  const rows = await tx
    .select({ override: segmentOverride, key: segment.key, name: segment.name })
    .from(segmentOverride)
    .innerJoin(segment, eq(segment.id, segmentOverride.segmentId))
    .where(and(eq(segmentOverride.flagId, flagId), eq(segmentOverride.environmentId, environmentId)))
    .orderBy(asc(segmentOverride.priority), asc(segmentOverride.id));
  return rows.map(({ override, key, name }) => ({
    id: override.id,
    segment: { key, name },
    priority: override.priority,
    ...toState(override, variants),
  }));
}

async function readIdentityOverrides(tx: Db, { flagId, environmentId, variants }: OfFlag) {
  const rows = await tx
    .select({ override: identityOverride, identifier: identity.identifier })
    .from(identityOverride)
    .innerJoin(identity, eq(identity.id, identityOverride.identityId))
    .where(and(eq(identityOverride.flagId, flagId), eq(identityOverride.environmentId, environmentId)))
    .orderBy(asc(identityOverride.id))
    .limit(MOST_IDENTITY_OVERRIDES);
  return rows.map(({ override, identifier }) => ({ id: override.id, identifier, ...toState(override, variants) }));
}
