import type { Db } from "@halyard/db";
import { environment, project, revision } from "@halyard/db/schema";
import { and, asc, eq, gt } from "drizzle-orm";
import { chainHash, parseBody } from "./body.ts";

export interface RevisionChains {
  readonly break: { readonly what: string; readonly why: string } | null;
  readonly revisions: number;
}

/** Revisions of one step; other work gets its turn in between. */
const STEP = 500;

type Place = {
  readonly id: number;
  readonly slug: string;
  readonly project: string;
  readonly version: number;
  readonly headHash: string;
};
type Row = typeof revision.$inferSelect;

/** Walks the log of each environment of the organisation from its beginning, from the stored bytes. */
export async function verifyRevisions(db: Db, organisationId: number): Promise<RevisionChains> {
  const places = await db
    .select({
      id: environment.id,
      slug: environment.slug,
      project: project.slug,
      version: environment.version,
      headHash: environment.headHash,
    })
    .from(environment)
    .innerJoin(project, eq(project.id, environment.projectId))
    .where(eq(project.organisationId, organisationId))
    .orderBy(asc(environment.id));
  let revisions = 0;
  for (const place of places) {
    const walked = await verifyLog(db, place);
    revisions += walked.revisions;
    if (walked.break) return { break: walked.break, revisions };
  }
  return { break: null, revisions };
}

async function verifyLog(db: Db, place: Place): Promise<RevisionChains> {
  let version = 0;
  let hash = "";
  const broken = (at: number, why: string): RevisionChains => ({
    break: { what: `${place.slug} of ${place.project}, version ${at}`, why },
    revisions: version,
  });
  for (;;) {
    const rows = await db
      .select()
      .from(revision)
      .where(and(eq(revision.environmentId, place.id), gt(revision.version, version)))
      .orderBy(asc(revision.version))
      .limit(STEP);
    if (rows.length === 0) break;
    for (const row of rows) {
      if (row.version !== version + 1) return broken(version + 1, "It is missing.");
      const why = whyBroken(row, hash);
      if (why !== undefined) return broken(row.version, why);
      ({ version, hash } = row);
    }
  }
  // The environment may have moved on since it was read; it never moves back.
  if (version < place.version) return broken(version + 1, "It is missing.");
  if (version === place.version && hash !== place.headHash)
    return broken(version, "The environment's head is another one than its last revision.");
  return { break: null, revisions: version };
}

function whyBroken(row: Row, previous: string): string | undefined {
  if (row.previousHash !== previous) return "It does not follow from the version before it.";
  if (row.hash !== chainHash(previous, row.body)) return "Its hash is not that of its text.";
  const body = readBody(row.body);
  if (body === undefined) return "Its text is no JSON.";
  const agrees =
    body.version === row.version &&
    body.kind === row.kind &&
    body.actor === row.actor &&
    body.comment === row.comment &&
    new Date(body.at).getTime() === row.createdAt.getTime();
  return agrees ? undefined : "What it is found by does not agree with its text.";
}

function readBody(text: string) {
  try {
    return parseBody(text);
  } catch {
    // Told by the caller.
    return undefined;
  }
}
