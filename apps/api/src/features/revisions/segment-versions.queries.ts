import type { Db } from "@halyard/db";
import { segment, segmentVersion } from "@halyard/db/schema";
import { editSegment } from "@halyard/evaluator/apply";
import type { Rule, Segment, SegmentListEdit } from "@halyard/evaluator/model";
import { and, asc, eq, gte, inArray, isNotNull, lte, max } from "drizzle-orm";

/** A segment as it was in one of its versions. */
export interface SegmentRef {
  readonly id: number;
  readonly version: number;
}

export const refName = ({ id, version }: SegmentRef): string => `${id}@${version}`;

type Row = typeof segmentVersion.$inferSelect;

/** By {@link refName}. Missing are only segments that were deleted before versions outlived them. */
export async function readSegmentVersions(tx: Db, refs: readonly SegmentRef[]): Promise<ReadonlyMap<string, Segment>> {
  const found = new Map<string, Segment>();
  for (const row of await readRows(tx, refs)) {
    const made = row.rules ? wholeOf(row, row.rules) : await readEdited(tx, row);
    if (made) found.set(nameOf(row), made);
  }
  return found;
}

const wholeOf = (row: Row, rules: readonly Rule[]): Segment => toSegment({ ...row, id: row.segmentId, rules });

async function readRows(tx: Db, refs: readonly SegmentRef[]): Promise<Row[]> {
  if (refs.length === 0) return [];
  const wanted = new Set(refs.map(refName));
  const rows = await tx
    .select()
    .from(segmentVersion)
    .where(
      and(
        inArray(segmentVersion.segmentId, [...new Set(refs.map((it) => it.id))]),
        inArray(segmentVersion.version, [...new Set(refs.map((it) => it.version))]),
      ),
    );
  return rows.filter((row) => wanted.has(nameOf(row)));
}

const nameOf = ({ segmentId, version }: Row): string => refName({ id: segmentId, version });

/** From the newest whole version, by what was edited since. */
async function readEdited(tx: Db, { segmentId, version }: Row): Promise<Segment | undefined> {
  const upTo = and(eq(segmentVersion.segmentId, segmentId), lte(segmentVersion.version, version));
  const newestWhole = tx
    .select({ version: max(segmentVersion.version) })
    .from(segmentVersion)
    .where(and(upTo, isNotNull(segmentVersion.rules)));
  const rows = await tx
    .select()
    .from(segmentVersion)
    .where(and(upTo, gte(segmentVersion.version, newestWhole)))
    .orderBy(asc(segmentVersion.version));
  const [first, ...edited] = rows;
  return edited.reduce<Segment | undefined>(
    (segment, row) => segment && editSegment(segment, toListEdit(row)),
    first?.rules ? wholeOf(first, first.rules) : undefined,
  );
}

/** By {@link refName} of the version that the edit made. */
export async function readListEdits(tx: Db, refs: readonly SegmentRef[]): Promise<ReadonlyMap<string, SegmentListEdit>> {
  return new Map((await readRows(tx, refs)).map((row) => [nameOf(row), toListEdit(row)]));
}

const toListEdit = ({ segmentId, version, listEdits }: Row): SegmentListEdit => ({
  segmentId,
  from: version - 1,
  to: version,
  lists: listEdits ?? [],
});

export async function currentSegmentVersions(tx: Db, ids: readonly number[]): Promise<SegmentRef[]> {
  if (ids.length === 0) return [];
  return tx
    .select({ id: segment.id, version: segment.version })
    .from(segment)
    .where(inArray(segment.id, [...ids]))
    .orderBy(asc(segment.id));
}

type Content = Pick<typeof segment.$inferSelect, "id" | "key" | "name" | "seed" | "version"> & {
  readonly rules: readonly Rule[];
};

export const toSegment = ({ id, key, name, seed, version, rules }: Content): Segment => ({ id, key, name, seed, rules, version });
