import type { Db } from "@halyard/db";
import { segment, segmentVersion } from "@halyard/db/schema";
import { toFlagsmithRules } from "@halyard/evaluator/flagsmith";
import type { ListEdit, Rule } from "@halyard/evaluator/model";
import { clockBoundaries } from "@halyard/evaluator/operators";
import { eq } from "drizzle-orm";
import { insertWithSlug } from "../../slugs.ts";
import type { SegmentRow } from "./segments.queries.ts";

interface NewSegment {
  readonly projectId: number;
  readonly name: string;
  readonly key?: string | undefined;
  readonly description?: string | undefined;
  /** Kept from the system it came from; a new one where it is left out. */
  readonly seed?: string | undefined;
  readonly rules: readonly Rule[];
}

/** The rows of a segment and its first version, for a verb that has its revision open. */
export async function insertSegment(tx: Db, { projectId, name, key, rules, ...others }: NewSegment): Promise<SegmentRow> {
  const { description, seed } = others;
  const made = await insertWithSlug({ name, slug: key, noun: "segment" }, async (slug) => {
    const [row] = await tx
      .insert(segment)
      .values({ projectId, key: slug, name, description, seed, ...contentOf(rules) })
      .onConflictDoNothing({ target: [segment.projectId, segment.key] })
      .returning();
    return row;
  });
  await insertVersion(tx, made, { rules });
  return made;
}

const boundariesOf = (rules: readonly Rule[]): number[] => [
  ...clockBoundaries({ segments: [{ id: 0, key: "", name: "", seed: "", rules }] }),
];

/** Rules, and what is asked of them too often to find it out each time. */
const contentOf = (rules: readonly Rule[]) => ({
  rules,
  clockBoundaries: boundariesOf(rules),
  flagsmithExact: toFlagsmithRules(rules) !== undefined,
});

interface Content {
  readonly name?: string | undefined;
  readonly rules: readonly Rule[];
  /** Where nothing else differs from the version before: stored instead of the rules. */
  readonly listEdits?: readonly ListEdit[];
}

/** The segment's next version. */
export async function addVersion(tx: Db, { id, version }: SegmentRow, { name, rules, listEdits }: Content): Promise<SegmentRow> {
  const [row] = await tx
    .update(segment)
    .set({ version: version + 1, name, ...contentOf(rules) })
    .where(eq(segment.id, id))
    .returning();
  if (!row) throw new TypeError("The segment was read under this lock.");
  await insertVersion(tx, row, listEdits ? { listEdits } : { rules });
  return row;
}

async function insertVersion(
  tx: Db,
  { projectId, id, version, key, name, seed }: SegmentRow,
  content: { readonly rules: readonly Rule[] } | { readonly listEdits: readonly ListEdit[] },
): Promise<void> {
  await tx.insert(segmentVersion).values({ projectId, segmentId: id, version, key, name, seed, ...content });
}
