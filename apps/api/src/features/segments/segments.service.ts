import { isDeepStrictEqual } from "node:util";
import type { Db } from "@halyard/db";
import { segment, segmentVersion } from "@halyard/db/schema";
import type { Rule } from "@halyard/evaluator/model";
import { eq } from "drizzle-orm";
import type { InProject } from "../../call.ts";
import { AppError } from "../../errors.ts";
import { insertWithSlug } from "../../slugs.ts";
import { recordAudit } from "../audit/index.ts";
import { withRevision } from "../revisions/index.ts";
import { checkPatterns } from "./check-patterns.ts";
import { getSegment, readSegmentDetail, type SegmentDetail, type SegmentRow } from "./segments.queries.ts";

interface SegmentWish {
  readonly name: string;
  readonly key?: string | undefined;
  readonly description: string;
  readonly rules: readonly Rule[];
  readonly comment?: string | undefined;
}

/** Its key is made from the name unless one is wished for. */
export async function createSegment(call: InProject, wish: SegmentWish): Promise<SegmentDetail> {
  checkPatterns(wish.rules);
  const projectId = call.project.id;
  const { result: key } = await withRevision(
    call.revisions,
    {
      actor: call.actor,
      request: call.request,
      kind: "segment.created",
      comment: wish.comment,
      project: projectId,
      environments: "all",
      touches: {},
    },
    async (tx) => {
      const made = await insertSegment(tx, { projectId, ...wish });
      return { result: made.key, touched: { segments: [made.id] } };
    },
  );
  return readSegmentDetail(call.revisions.db, projectId, key);
}

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
  const made = await insertWithSlug({ name, slug: key, noun: "segment" }, async (slug) => {
    const [row] = await tx
      .insert(segment)
      .values({ projectId, key: slug, name, description: others.description, seed: others.seed })
      .onConflictDoNothing({ target: [segment.projectId, segment.key] })
      .returning();
    return row;
  });
  await tx.insert(segmentVersion).values({ segmentId: made.id, version: made.version, name, rules });
  return made;
}

interface SegmentChanges {
  readonly segment: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly rules?: readonly Rule[] | undefined;
  /** The segment's own. */
  readonly expectedVersion?: number | undefined;
  readonly comment?: string | undefined;
}

/** Another name or other rules make the segment's next version; a description, which no SDK sees, an audit event. */
export async function updateSegment(call: InProject, changes: SegmentChanges): Promise<SegmentDetail> {
  const { segment: key, rules, expectedVersion } = changes;
  if (rules) checkPatterns(rules);
  const { db } = call.revisions;
  const projectId = call.project.id;
  const { segment: seen } = await getSegment(db, projectId, key);
  await withRevision(
    call.revisions,
    {
      actor: call.actor,
      request: call.request,
      kind: "segment.updated",
      comment: changes.comment,
      project: projectId,
      environments: "all",
      touches: { segments: [seen.id] },
    },
    async (tx) => {
      const { segment: row, content } = await getSegment(tx, projectId, key);
      if (expectedVersion !== undefined && expectedVersion !== row.version) {
        throw new AppError("conflict", `The segment \`${key}\` is at version ${row.version}. Look at it and try again.`, {
          current: await readSegmentDetail(tx, projectId, key),
        });
      }
      const next = { name: changes.name ?? content.name, rules: rules ?? content.rules };
      if (next.name !== content.name || !isDeepStrictEqual(next.rules, content.rules)) await addVersion(tx, row, next);
      await setDescription(tx, call, { row, description: changes.description ?? row.description });
      return { result: undefined, touched: { segments: [row.id] } };
    },
  );
  return readSegmentDetail(db, projectId, key);
}

async function addVersion(tx: Db, row: SegmentRow, content: { readonly name: string; readonly rules: readonly Rule[] }) {
  const version = row.version + 1;
  await tx.insert(segmentVersion).values({ segmentId: row.id, version, ...content });
  await tx.update(segment).set({ version, name: content.name }).where(eq(segment.id, row.id));
}

async function setDescription(
  tx: Db,
  call: InProject,
  { row, description }: { readonly row: SegmentRow; readonly description: string },
): Promise<void> {
  if (description === row.description) return;
  await tx.update(segment).set({ description }).where(eq(segment.id, row.id));
  await recordAudit(tx, {
    actor: call.actor,
    action: "segment.updated",
    subject: `segment:${row.key}`,
    projectId: row.projectId,
    before: { description: row.description },
    after: { description },
    request: call.request,
  });
}
