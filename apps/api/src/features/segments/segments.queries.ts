import type { listSegmentsInput, segmentDetail, segmentSummary } from "@halyard/contracts/schemas";
import { slug } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment, flag, segment, segmentOverride, segmentVersion } from "@halyard/db/schema";
import { and, asc, countDistinct, eq, gt, ilike, inArray, or } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../errors.ts";
import { containing, cutPage, fromCursor } from "../../paging.ts";

export type SegmentSummary = z.output<typeof segmentSummary>;
export type SegmentDetail = z.output<typeof segmentDetail>;
export type SegmentRow = typeof segment.$inferSelect;
type ContentRow = typeof segmentVersion.$inferSelect;

interface SegmentInForce {
  readonly segment: SegmentRow;
  readonly content: ContentRow;
}

const inForce = and(eq(segmentVersion.segmentId, segment.id), eq(segmentVersion.version, segment.version));

/** By key. `q` is part of key, name or description. */
export async function listSegments(
  tx: Db,
  projectId: number,
  { after, limit, q }: Pick<z.output<typeof listSegmentsInput>, "after" | "limit" | "q">,
) {
  const last = fromCursor(after, slug);
  const rows = await tx
    .select({ segment, name: segmentVersion.name })
    .from(segment)
    .innerJoin(segmentVersion, inForce)
    .where(
      and(
        eq(segment.projectId, projectId),
        last === undefined ? undefined : gt(segment.key, last),
        q === undefined
          ? undefined
          : or(
              ilike(segment.key, containing(q)),
              ilike(segmentVersion.name, containing(q)),
              ilike(segment.description, containing(q)),
            ),
      ),
    )
    .orderBy(asc(segment.key))
    .limit(limit + 1);
  const { items, next } = cutPage(rows, limit, (row) => row.segment.key);
  const uses = await countFlags(
    tx,
    items.map((row) => row.segment.id),
  );
  return { items: items.map((row) => toSummary(row.segment, row.name, uses)), next };
}

/** @throws AppError `not_found` */
export async function getSegment(tx: Db, projectId: number, key: string): Promise<SegmentInForce> {
  const [row] = await tx
    .select({ segment, content: segmentVersion })
    .from(segment)
    .innerJoin(segmentVersion, inForce)
    .where(and(eq(segment.projectId, projectId), eq(segment.key, key)));
  if (!row) throw notFound("segment", key);
  return row;
}

export async function readSegmentDetail(tx: Db, projectId: number, key: string): Promise<SegmentDetail> {
  const { segment, content } = await getSegment(tx, projectId, key);
  const usedBy = await listUses(tx, segment.id);
  return {
    ...toSummary(segment, content.name, await countFlags(tx, [segment.id])),
    rules: [...content.rules],
    usedBy: usedBy.map(({ flag, environment, enabled }) => ({ flag, environment, enabled })),
  };
}

/** Overrides of the segment, those of archived flags too: restoring a flag brings them back. */
export async function listUses(tx: Db, segmentId: number) {
  return tx
    .select({
      flagId: flag.id,
      environmentId: environment.id,
      flag: flag.key,
      environment: environment.slug,
      enabled: segmentOverride.enabled,
    })
    .from(segmentOverride)
    .innerJoin(flag, eq(flag.id, segmentOverride.flagId))
    .innerJoin(environment, eq(environment.id, segmentOverride.environmentId))
    .where(eq(segmentOverride.segmentId, segmentId))
    .orderBy(asc(flag.key), asc(environment.position), asc(environment.id));
}

async function countFlags(tx: Db, ids: number[]): Promise<ReadonlyMap<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: segmentOverride.segmentId, flags: countDistinct(segmentOverride.flagId).mapWith(Number) })
    .from(segmentOverride)
    .where(inArray(segmentOverride.segmentId, ids))
    .groupBy(segmentOverride.segmentId);
  return new Map(rows.map((row) => [row.id, row.flags]));
}

function toSummary(row: SegmentRow, name: string, flags: ReadonlyMap<number, number>): SegmentSummary {
  return {
    id: row.id,
    key: row.key,
    name,
    description: row.description,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    flags: flags.get(row.id) ?? 0,
  };
}
