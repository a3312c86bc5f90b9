import type { Db } from "@halyard/db";
import { environment, revision, snapshotCheckpoint } from "@halyard/db/schema";
import { eq, sql } from "drizzle-orm";
import { actorRef } from "../../actor.ts";
import { notFound } from "../../errors.ts";
import { recordAudit } from "../audit/index.ts";
import { chainHash, type RevisionBody, resolveDeltas, type StoredDelta, toCanonicalText } from "./body.ts";
import { either, readNames } from "./names.ts";
import { EMPTY } from "./parts.ts";
import { type Change, changesBetween, clockChanges, listChanges, type Names, type Part } from "./readable.ts";
import type { CommittedRevision, EditedList, LockedEnvironment, RevisionRequest, Touches } from "./request.ts";
import { currentSegmentVersions } from "./segment-versions.queries.ts";
import { readSnapshot } from "./snapshot.queries.ts";
import { toStoredSnapshot } from "./stored-snapshot.ts";

/** A snapshot row every so many versions keeps cold start, resume and time travel cheap. */
const CHECKPOINT_EVERY = 100;

/** Who wrote a revision, and why. */
export type Author = Pick<RevisionRequest, "actor" | "comment" | "request">;

interface Appended {
  readonly environment: LockedEnvironment;
  readonly touches: Touches;
  readonly about: readonly string[];
  readonly before: Part;
  readonly after: Part;
  readonly names: Names;
  readonly edits?: readonly EditedList[];
}

/** Writes the difference between two parts as the environment's next revision, where there is one. */
export async function append(
  tx: Db,
  request: Author & Pick<RevisionRequest, "kind" | "always">,
  { environment: head, touches, about, before, after, names, edits = [] }: Appended,
): Promise<CommittedRevision | undefined> {
  const changes = [
    ...changesBetween(before, after, names),
    ...edits.flatMap(listChanges),
    ...(request.kind === "clock" ? clockChanges(before, after) : []),
  ];
  const delta: StoredDelta = {
    ...(await toStoredDelta(tx, before, after)),
    ...(edits.length > 0 && { segmentLists: edits.map((it) => ({ id: it.segmentId, version: it.to })) }),
  };
  if (changes.length === 0 && Object.keys(delta).length === 0 && !request.always) return undefined;

  const version = head.version + 1;
  const actor = actorRef(request.actor);
  const at = new Date();
  const body: RevisionBody = {
    version,
    kind: request.kind,
    actor,
    comment: request.comment ?? null,
    at: at.toISOString(),
    delta,
    changes,
  };
  const text = toCanonicalText(body);
  const hash = chainHash(head.headHash, text);
  const subjects = [...new Set([...changes.map((it) => it.subject), ...about, ...(touches.settings ? ["environment"] : [])])];

  await tx.insert(revision).values({
    environmentId: head.id,
    version,
    kind: request.kind,
    subjects,
    actor,
    comment: request.comment ?? null,
    body: text,
    previousHash: head.headHash,
    hash,
    createdAt: at,
  });
  const [row] = await tx
    .update(environment)
    .set({
      version,
      headHash: hash,
      documentUpdatedAt: sql`greatest(date_trunc('milliseconds', now()), date_trunc('second', ${environment.documentUpdatedAt}) + interval '1 second')`,
    })
    .where(eq(environment.id, head.id))
    .returning({ updatedAt: environment.documentUpdatedAt });
  if (!row) throw notFound("environment", head.slug);
  if (version % CHECKPOINT_EVERY === 0) {
    await tx
      .insert(snapshotCheckpoint)
      .values({ environmentId: head.id, version, body: JSON.stringify(toStoredSnapshot(await readSnapshot(tx, head.id))) });
  }
  await recordRevisionAudit(tx, request, { environment: head, subjects, changes });
  const [resolved = {}] = await resolveDeltas(tx, [delta]);
  return {
    environmentId: head.id,
    from: head.version,
    to: version,
    epoch: head.epoch,
    previousHash: head.headHash,
    hash,
    updatedAt: row.updatedAt,
    kind: request.kind,
    subjects,
    actor,
    delta: resolved,
  };
}

async function recordRevisionAudit(
  tx: Db,
  request: Author & Pick<RevisionRequest, "kind">,
  {
    environment: head,
    subjects,
    changes,
  }: { environment: LockedEnvironment; subjects: readonly string[]; changes: readonly Change[] },
): Promise<void> {
  const side = (which: "before" | "after") =>
    Object.fromEntries(changes.map((it) => [`${it.subject} ${it.path}`.trim(), it[which]]));
  await recordAudit(tx, {
    actor: request.actor,
    action: request.kind,
    subject: subjects,
    projectId: head.projectId,
    environmentId: head.id,
    before: side("before"),
    after: side("after"),
    request: request.request,
  });
}

/** Version 1 of a new environment: a revision that holds everything it answers with, so its log can be replayed from nothing. */
export async function begin(tx: Db, request: Author, id: number): Promise<CommittedRevision> {
  const [made] = await tx.select().from(environment).where(eq(environment.id, id));
  if (!made) throw notFound("environment", id);
  const { snapshot, identityOverrides } = await readSnapshot(tx, id);
  const names = await readNames(tx, [made.projectId]);
  const first = await append(
    tx,
    { ...request, kind: "environment.created", always: true },
    {
      environment: made,
      touches: { settings: true },
      about: [],
      before: EMPTY,
      after: {
        settings: snapshot.environment,
        flags: snapshot.flags,
        segments: snapshot.segments,
        identities: identityOverrides,
      },
      names: either(names, names),
    },
  );
  if (!first) throw new TypeError("A first revision is always written.");
  return first;
}

async function toStoredDelta(tx: Db, before: Part, after: Part): Promise<StoredDelta> {
  const flags = changed(before.flags, after.flags);
  const segments = changed(before.segments, after.segments);
  const settings =
    after.settings && JSON.stringify(before.settings) !== JSON.stringify(after.settings) ? after.settings : undefined;
  const now = new Map(after.identities.map((it) => [it.identifier, it]));
  const was = new Map(before.identities.map((it) => [it.identifier, it]));
  const identityOverrides = [...new Set([...was.keys(), ...now.keys()])]
    .filter((identifier) => JSON.stringify(was.get(identifier)) !== JSON.stringify(now.get(identifier)))
    .map((identifier) => now.get(identifier) ?? { identifier, overrides: [] });
  return {
    ...(settings && { environment: settings }),
    ...((flags.upserted.length > 0 || flags.removed.length > 0) && { flags }),
    ...((segments.upserted.length > 0 || segments.removed.length > 0) && {
      segments: {
        upserted: await currentSegmentVersions(
          tx,
          segments.upserted.map((it) => it.id),
        ),
        removed: segments.removed,
      },
    }),
    ...(identityOverrides.length > 0 && { identityOverrides }),
  };
}

function changed<T extends { readonly id: number }>(
  before: readonly T[],
  after: readonly T[],
): { upserted: T[]; removed: number[] } {
  const was = new Map(before.map((it) => [it.id, JSON.stringify(it)]));
  const now = new Set(after.map((it) => it.id));
  return {
    upserted: after.filter((it) => was.get(it.id) !== JSON.stringify(it)),
    removed: before.filter((it) => !now.has(it.id)).map((it) => it.id),
  };
}
