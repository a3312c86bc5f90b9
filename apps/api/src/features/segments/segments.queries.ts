import type { listSegmentsInput, segmentDetail, segmentSummary } from "@halyard/contracts/schemas";
import { slug } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment, flag, segment, segmentOverride } from "@halyard/db/schema";
import { and, asc, countDistinct, eq, gt, ilike, inArray, or } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../errors.ts";
import { containing, cutPage, fromCursor } from "../../paging.ts";
import { shorten } from "./long-lists.ts";

export type SegmentSummary = z.output<typeof segmentSummary>;
export type SegmentDetail = z.output<typeof segmentDetail>;
export type SegmentRow = typeof segment.$inferSelect;

/** Without the rules, which may hold long lists. */
const summaryColumns = {
  id: segment.id,
  key: segment.key,
  name: segment.name,
  description: segment.description,
  version: segment.version,
  createdAt: segment.createdAt,
};

/** By key. `q` is part of key, name or description. */
export async function listSegments(
  tx: Db,
  projectId: number,
  { after, limit, q }: Pick<z.output<typeof listSegmentsInput>, "after" | "limit" | "q">,
) {
  const last = fromCursor(after, slug);
  const rows = await tx
    .select(summaryColumns)
    .from(segment)
    .where(
      and(
        eq(segment.projectId, projectId),
        last === undefined ? undefined : gt(segment.key, last),
        q === undefined
          ? undefined
          : or(ilike(segment.key, containing(q)), ilike(segment.name, containing(q)), ilike(segment.description, containing(q))),
      ),
    )
    .orderBy(asc(segment.key))
    .limit(limit + 1);
  const { items, next } = cutPage(rows, limit, (row) => row.key);
  const uses = await countFlags(
    tx,
    items.map((row) => row.id),
  );
  return { items: items.map((row) => toSummary(row, uses)), next };
}

/** @throws AppError `not_found` */
export async function getSegment(tx: Db, projectId: number, key: string): Promise<SegmentRow> {
  const [row] = await tx
    .select()
    .from(segment)
    .where(and(eq(segment.projectId, projectId), eq(segment.key, key)));
  if (!row) throw notFound("segment", key);
  return row;
}

export async function readSegmentDetail(tx: Db, projectId: number, key: string): Promise<SegmentDetail> {
  const row = await getSegment(tx, projectId, key);
  const usedBy = await listUses(tx, row.id);
  return {
    ...toSummary(row, await countFlags(tx, [row.id])),
    ...shorten(row.rules),
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

function toSummary(row: Omit<SegmentSummary, "createdAt" | "flags"> & { createdAt: Date }, flags: ReadonlyMap<number, number>) {
  const { id, key, name, description, version } = row;
  return { id, key, name, description, version, createdAt: row.createdAt.toISOString(), flags: flags.get(id) ?? 0 };
}
