import type { Db } from "@halyard/db";
import { append, begin, EMPTY } from "./append.ts";
import { expectUnchanged, lock, projectsOf, retryDeadlocks } from "./locks.ts";
import { either, readNames } from "./names.ts";
import type { Part } from "./readable.ts";
import type { CommittedRevision, LockedEnvironment, RevisionRequest, RevisionStore, Touches } from "./request.ts";
import { readFlags, readIdentityOverrides, readSegments, readSettings } from "./snapshot.queries.ts";

/** What `write` gives back. `touched` and `about` name the things it made. */
interface Written<T> {
  readonly result: T;
  readonly touched?: Touches;
  /** As in the request. */
  readonly about?: readonly string[];
  /** Ids of environments it made; each starts with a revision that holds all of it. */
  readonly made?: readonly number[];
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
      const { result, touched, about = [], made = [] } = await write(tx, locked);
      const all = merge(request.touches, touched ?? {});
      const after = await readParts(tx, locked, all);
      const names = either(await readNames(tx, projectsOf(request)), namesBefore);
      const versions = new Map(locked.map((it) => [it.id, it.version]));
      for (const it of locked) {
        const next = await append(tx, request, {
          environment: it,
          about: [...(request.about ?? []), ...about],
          touches: all,
          before: part(before, it),
          after: part(after, it),
          names,
        });
        if (!next) continue;
        committed.push(next);
        versions.set(it.id, next.to);
      }
      for (const id of made) committed.push(await begin(tx, request, id));
      return { result, versions };
    });
  });
  if (committed.length > 0) store.announce(committed);
  return revised;
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
