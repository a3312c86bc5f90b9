import type { listRevisionsInput, revision as revisionSchema } from "@halyard/contracts/schemas";
import { type RevisionKind, version } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { revision } from "@halyard/db/schema";
import { and, arrayContains, desc, eq, lt } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../errors.ts";
import { cutPage, fromCursor } from "../../paging.ts";
import { resolveActors } from "../audit/index.ts";
import { parseBody } from "./body.ts";

export type Revision = z.output<typeof revisionSchema>;
type Row = typeof revision.$inferSelect;

/** The newest first. */
export async function listRevisions(
  db: Db,
  environmentId: number,
  { after, limit, subject }: Pick<z.output<typeof listRevisionsInput>, "after" | "limit" | "subject">,
) {
  const last = fromCursor(after, version);
  const rows = await db
    .select()
    .from(revision)
    .where(
      and(
        eq(revision.environmentId, environmentId),
        last === undefined ? undefined : lt(revision.version, last),
        subject === undefined ? undefined : arrayContains(revision.subjects, [subject]),
      ),
    )
    .orderBy(desc(revision.version))
    .limit(limit + 1);
  const { items, next } = cutPage(rows, limit, (row) => row.version);
  return { items: await toRevisions(db, items), next };
}

/** @throws AppError `not_found` */
export async function getRevision(db: Db, environmentId: number, version: number): Promise<Revision> {
  const rows = await db
    .select()
    .from(revision)
    .where(and(eq(revision.environmentId, environmentId), eq(revision.version, version)));
  const [found] = await toRevisions(db, rows);
  if (!found) throw notFound("revision", version);
  return found;
}

async function toRevisions(db: Db, rows: readonly Row[]): Promise<Revision[]> {
  const names = await resolveActors(
    db,
    rows.map((row) => row.actor),
  );
  return rows.map((row) => ({
    version: row.version,
    // `withRevision` writes no other.
    kind: row.kind as RevisionKind,
    subjects: row.subjects,
    actor: names.get(row.actor) ?? row.actor,
    comment: row.comment,
    at: row.createdAt.toISOString(),
    hash: row.hash,
    changes: [...parseBody(row.body).changes],
  }));
}
