import type { RevisionKind } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment, flag, project, revision, segment, snapshotCheckpoint } from "@halyard/db/schema";
import type { Delta } from "@halyard/evaluator/model";
import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { type Actor, actorRef } from "../../actor.ts";
import { AppError, notFound, sqlState } from "../../errors.ts";
import { recordAudit } from "../audit/index.ts";
import { chainHash, type RevisionBody, resolveDeltas, type StoredDelta, toCanonicalText } from "./body.ts";
import { type Change, changesBetween, type Names, type Part } from "./readable.ts";
import {
  currentSegmentVersions,
  readFlags,
  readIdentityOverrides,
  readSegments,
  readSettings,
  readSnapshot,
} from "./snapshot.queries.ts";

/** A snapshot row every so many versions keeps cold start, resume and time travel cheap. */
const CHECKPOINT_EVERY = 100;
const DEADLOCK_RETRIES = 3;
const RETRYABLE = new Set(["40P01", "40001"]);

/** Ids of what a write touches. Things it makes are unknown before; the write names them when it is done. */
export interface Touches {
  readonly flags?: readonly number[];
  readonly segments?: readonly number[];
  /** Identities whose overrides change. */
  readonly identities?: readonly number[];
  /** The environment's own settings. */
  readonly settings?: boolean;
}

export interface RevisionRequest {
  readonly actor: Actor;
  readonly kind: RevisionKind;
  readonly comment?: string | undefined;
  /** Several only where one write reaches every project of an organisation. */
  readonly project: number | readonly number[];
  /** "all" locks the project first, so that a new environment cannot miss it. */
  readonly environments: readonly number[] | "all";
  readonly touches: Touches;
  /** More subjects under which history finds this, such as `flag:new-checkout` for an identity's override of it. */
  readonly about?: readonly string[];
  /** Written even where nothing that SDKs see has changed, such as a new key. */
  readonly always?: boolean;
  readonly expected?: Expectation | undefined;
  readonly request?: RequestOrigin | undefined;
}

/** The caller saw `subject` at `version` of the environment; a later revision of it is a conflict. */
export interface Expectation {
  readonly environmentId: number;
  readonly version: number;
  readonly subject: string;
  /** The row as it is now, for the caller to look at. */
  readonly current: (tx: Db) => Promise<unknown>;
}

export interface RequestOrigin {
  readonly address: string | null;
  readonly requestId: string | null;
}

/** What the feed is told after the commit: enough to apply it without asking the database. */
export interface CommittedRevision {
  readonly environmentId: number;
  readonly from: number;
  readonly to: number;
  readonly epoch: string;
  readonly hash: string;
  readonly updatedAt: Date;
  readonly kind: RevisionKind;
  readonly subjects: readonly string[];
  readonly actor: string;
  readonly delta: Delta;
}

export interface RevisionStore {
  readonly db: Db;
  /** Called after the commit, in version order. A hint: who misses it finds out by version. */
  readonly announce: (revisions: readonly CommittedRevision[]) => void;
}

export type LockedEnvironment = Pick<
  typeof environment.$inferSelect,
  "id" | "projectId" | "slug" | "version" | "headHash" | "epoch"
>;

/** What `write` gives back. `touched` and `about` name the things it made. */
interface Written<T> {
  readonly result: T;
  readonly touched?: Touches;
  /** As in the request. */
  readonly about?: readonly string[];
}

export interface Revised<T> {
  readonly result: T;
  /** Version of each locked environment after the write, by environment id. */
  readonly versions: ReadonlyMap<number, number>;
}

/**
 * The only door for writes that SDKs can see. Locks (project, then environments ascending by id), reads what is touched, lets
 * `write` change rows, reads it again, and stores the difference as the next revision of each environment, in one transaction.
 *
 * `write` may run again after a deadlock, so it must do nothing but use its `tx`.
 *
 * @throws AppError `conflict` when `expected` no longer holds, with the current row
 */
export async function withRevision<T>(
  store: RevisionStore,
  request: RevisionRequest,
  write: (tx: Db, environments: readonly LockedEnvironment[]) => Promise<Written<T>>,
): Promise<Revised<T>> {
  const committed: CommittedRevision[] = [];
  const revised = await retryDeadlocks(() => {
    committed.length = 0;
    return store.db.transaction(async (tx) => {
      const locked = await lock(tx, request);
      if (request.expected) await expectUnchanged(tx, request.expected, locked);
      // Names are read on both sides of the write, for what it deletes and for what it makes.
      const namesBefore = await readNames(tx, projectsOf(request));
      const before = await readParts(tx, locked, request.touches);
      const { result, touched, about = [] } = await write(tx, locked);
      const all = merge(request.touches, touched ?? {});
      const after = await readParts(tx, locked, all);
      const names = either(await readNames(tx, projectsOf(request)), namesBefore);
      const versions = new Map(locked.map((it) => [it.id, it.version]));
      for (const it of locked) {
        const made = await append(tx, request, {
          environment: it,
          about: [...(request.about ?? []), ...about],
          touches: all,
          before: part(before, it),
          after: part(after, it),
          names,
        });
        if (!made) continue;
        committed.push(made);
        versions.set(it.id, made.to);
      }
      return { result, versions };
    });
  });
  if (committed.length > 0) store.announce(committed);
  return revised;
}

export async function retryDeadlocks<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === DEADLOCK_RETRIES || !RETRYABLE.has(sqlState(error) ?? "")) throw error;
    }
  }
}

const projectsOf = ({ project }: Pick<RevisionRequest, "project">): readonly number[] =>
  typeof project === "number" ? [project] : [...new Set(project)].sort((a, b) => a - b);

const lockedColumns = {
  id: environment.id,
  projectId: environment.projectId,
  slug: environment.slug,
  version: environment.version,
  headHash: environment.headHash,
  epoch: environment.epoch,
};

async function lock(tx: Db, request: RevisionRequest): Promise<LockedEnvironment[]> {
  const { environments } = request;
  const projects = projectsOf(request);
  if (environments === "all") for (const id of projects) await lockProject(tx, id);
  const locked = await tx
    .select(lockedColumns)
    .from(environment)
    .where(
      and(
        inArray(environment.projectId, [...projects]),
        environments === "all" ? undefined : inArray(environment.id, [...environments]),
      ),
    )
    .orderBy(asc(environment.id))
    // Not `update`: that would also hold up every insert of a row that refers to the environment, such as an identity.
    .for("no key update");
  if (environments !== "all" && locked.length !== new Set(environments).size)
    throw notFound("environment", environments.join(", "));
  return locked;
}

/** Held by whoever writes to all environments of a project, or makes or deletes one. */
export async function lockProject(tx: Db, projectId: number): Promise<void> {
  const [row] = await tx.select({ id: project.id }).from(project).where(eq(project.id, projectId)).for("no key update");
  if (!row) throw notFound("project", projectId);
}

async function expectUnchanged(tx: Db, expected: Expectation, locked: readonly LockedEnvironment[]): Promise<void> {
  const head = locked.find((it) => it.id === expected.environmentId);
  if (!head || head.version === expected.version) return;
  if (expected.version < head.version) {
    const later = await tx
      .select({ version: revision.version })
      .from(revision)
      .where(
        and(
          eq(revision.environmentId, head.id),
          gt(revision.version, expected.version),
          sql`${revision.subjects} @> array[${expected.subject}]::text[]`,
        ),
      )
      .limit(1);
    if (later.length === 0) return;
  }
  throw new AppError(
    "conflict",
    `\`${expected.subject}\` was changed since version ${expected.version}. Look at the current row and try again.`,
    {
      current: await expected.current(tx),
    },
  );
}

interface ReadParts {
  readonly byEnvironment: ReadonlyMap<number, Part>;
}

async function readParts(tx: Db, locked: readonly LockedEnvironment[], touches: Touches): Promise<ReadParts> {
  const byEnvironment = new Map<number, Part>();
  for (const it of locked) {
    const settings = await readSettings(tx, it.id);
    byEnvironment.set(it.id, {
      settings: touches.settings ? settings : undefined,
      flags: await readFlags(tx, it.id, touches.flags ?? []),
      segments: await readSegments(tx, settings.project.id, touches.segments ?? []),
      identities: await readIdentityOverrides(tx, it.id, touches.identities ?? []),
    });
  }
  return { byEnvironment };
}

export const EMPTY: Part = { settings: undefined, flags: [], segments: [], identities: [] };
const part = (parts: ReadParts, it: LockedEnvironment): Part => parts.byEnvironment.get(it.id) ?? EMPTY;

function merge(a: Touches, b: Touches): Touches {
  const both = (key: "flags" | "segments" | "identities") => [...new Set([...(a[key] ?? []), ...(b[key] ?? [])])];
  return {
    flags: both("flags"),
    segments: both("segments"),
    identities: both("identities"),
    settings: (a.settings ?? false) || (b.settings ?? false),
  };
}

interface Appended {
  readonly environment: LockedEnvironment;
  readonly touches: Touches;
  readonly about: readonly string[];
  readonly before: Part;
  readonly after: Part;
  readonly names: Names;
}

/** Writes the difference between two parts as the environment's next revision, where there is one. */
export async function append(
  tx: Db,
  request: Pick<RevisionRequest, "actor" | "kind" | "comment" | "always" | "request">,
  { environment: head, touches, about, before, after, names }: Appended,
): Promise<CommittedRevision | undefined> {
  const changes = changesBetween(before, after, names);
  const delta = await toStoredDelta(tx, before, after);
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
      .values({ environmentId: head.id, version, body: JSON.stringify(await readSnapshot(tx, head.id)) });
  }
  await recordRevisionAudit(tx, request, { environment: head, subjects, changes });
  const [resolved = {}] = await resolveDeltas(tx, [delta]);
  return {
    environmentId: head.id,
    from: head.version,
    to: version,
    epoch: head.epoch,
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
  request: Pick<RevisionRequest, "actor" | "kind" | "request">,
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
    subject: subjects.join(", "),
    projectId: head.projectId,
    environmentId: head.id,
    before: side("before"),
    after: side("after"),
    request: request.request,
  });
}

type PartialNames = { readonly [K in keyof Names]: ReadonlyMap<number, string> };

export async function readNames(tx: Db, projects: readonly number[]): Promise<PartialNames> {
  const ids = [...projects];
  const flags = await tx.select({ id: flag.id, key: flag.key }).from(flag).where(inArray(flag.projectId, ids));
  const segments = await tx.select({ id: segment.id, key: segment.key }).from(segment).where(inArray(segment.projectId, ids));
  return { flag: new Map(flags.map((it) => [it.id, it.key])), segment: new Map(segments.map((it) => [it.id, it.key])) };
}

export const either = (a: PartialNames, b: PartialNames): Names => ({
  flag: (id) => a.flag.get(id) ?? b.flag.get(id) ?? `#${id}`,
  segment: (id) => a.segment.get(id) ?? b.segment.get(id) ?? `#${id}`,
});

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
