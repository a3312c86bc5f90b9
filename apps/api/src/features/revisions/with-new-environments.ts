import type { Db } from "@halyard/db";
import { type Author, begin } from "./append.ts";
import { lockProject, retryDeadlocks } from "./locks.ts";
import type { CommittedRevision, RevisionStore } from "./request.ts";

interface NewEnvironmentsRequest extends Author {
  /** Locked first, so that a new flag cannot miss the new environment. Undefined where `write` makes the project too. */
  readonly project: number | undefined;
}

/**
 * The door for writes that make environments: each of them starts at version 1 with a revision that holds everything it answers
 * with, so its log can be replayed from nothing.
 *
 * `write` may run again after a deadlock, so it must do nothing but use its `tx`.
 */
export async function withNewEnvironments<T>(
  store: RevisionStore,
  request: NewEnvironmentsRequest,
  write: (tx: Db) => Promise<{ readonly result: T; readonly made: readonly number[] }>,
): Promise<T> {
  const committed: CommittedRevision[] = [];
  const result = await retryDeadlocks(() => {
    committed.length = 0;
    return store.db.transaction(async (tx) => {
      if (request.project !== undefined) await lockProject(tx, request.project);
      const { result, made } = await write(tx);
      for (const id of made) committed.push(await begin(tx, request, id));
      return result;
    });
  });
  store.announce(committed);
  return result;
}
