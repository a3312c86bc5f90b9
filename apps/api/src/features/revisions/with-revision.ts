import type { Db } from "@halyard/db";
import { append, begin } from "./append.ts";
import { expectUnchanged, lock, projectsOf, retryDeadlocks } from "./locks.ts";
import { either, readNames } from "./names.ts";
import { haveOtherSegments, moveClocks, partOf, readParts, withSettingsAnew } from "./parts.ts";
import type { CommittedRevision, EditedList, LockedEnvironment, RevisionRequest, RevisionStore, Touches } from "./request.ts";

/** What `write` gives back. `touched` and `about` name the things it made. */
interface Written<T> {
  readonly result: T;
  readonly touched?: Touches;
  /** As in the request. */
  readonly about?: readonly string[];
  /** Ids of environments it made; each starts with a revision that holds all of it. */
  readonly made?: readonly number[];
  /** Segment versions it made that hold nothing but edits of lists. */
  readonly listEdits?: readonly EditedList[];
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
      const { result, touched, about = [], made = [], listEdits = [] } = await write(tx, locked);
      const all = merge(request.touches, touched ?? {});
      let after = await readParts(tx, locked, all);
      const movesClocks = listEdits.length > 0 || haveOtherSegments(before, after);
      if (movesClocks) {
        await moveClocks(tx, locked);
        after = await withSettingsAnew(tx, after);
      }
      const showsSettings = movesClocks || (all.settings ?? false);
      const names = either(await readNames(tx, projectsOf(request)), namesBefore);
      const versions = new Map(locked.map((it) => [it.id, it.version]));
      for (const it of locked) {
        const next = await append(tx, request, {
          environment: it,
          about: [...(request.about ?? []), ...about],
          touches: all,
          before: partOf(before, it, showsSettings),
          after: partOf(after, it, showsSettings),
          names,
          edits: listEdits,
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

function merge(a: Touches, b: Touches): Touches {
  const both = (key: "flags" | "segments" | "identities") => [...new Set([...(a[key] ?? []), ...(b[key] ?? [])])];
  return {
    flags: both("flags"),
    segments: both("segments"),
    identities: both("identities"),
    settings: (a.settings ?? false) || (b.settings ?? false),
  };
}
