import { isDeepStrictEqual } from "node:util";
import type { Db } from "@halyard/db";
import { segment } from "@halyard/db/schema";
import type { Rule } from "@halyard/evaluator/model";
import { eq } from "drizzle-orm";
import type { InProject } from "../../call.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/index.ts";
import { withRevision } from "../revisions/index.ts";
import { checkPatterns } from "./check-patterns.ts";
import { type KeptList, withKeptLists } from "./long-lists.ts";
import { addVersion, insertSegment } from "./segment-rows.ts";
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

interface SegmentChanges {
  readonly segment: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly rules?: readonly Rule[] | undefined;
  readonly keptLists?: readonly KeptList[] | undefined;
  /** The segment's own. */
  readonly expectedVersion?: number | undefined;
  readonly comment?: string | undefined;
}

/** Another name or other rules make the segment's next version; a description, which no SDK sees, an audit event. */
export async function updateSegment(call: InProject, changes: SegmentChanges): Promise<SegmentDetail> {
  const { segment: key, rules, keptLists = [], expectedVersion } = changes;
  if (rules) checkPatterns(rules);
  const { db } = call.revisions;
  const projectId = call.project.id;
  const seen = await getSegment(db, projectId, key);
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
      const row = await getSegment(tx, projectId, key);
      await expectVersion(tx, row, expectedVersion);
      const next = { name: changes.name ?? row.name, rules: rules ? withKeptLists(rules, row.rules, keptLists) : row.rules };
      if (next.name !== row.name || !isDeepStrictEqual(next.rules, row.rules)) await addVersion(tx, row, next);
      await setDescription(tx, call, { row, description: changes.description ?? row.description });
      return { result: undefined, touched: { segments: [row.id] } };
    },
  );
  return readSegmentDetail(db, projectId, key);
}

/** @throws AppError `conflict` with the current row */
export async function expectVersion(tx: Db, { projectId, key, version }: SegmentRow, expected: number | undefined) {
  if (expected === undefined || expected === version) return;
  throw new AppError("conflict", `The segment \`${key}\` is at version ${version}. Look at it and try again.`, {
    current: await readSegmentDetail(tx, projectId, key),
  });
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
