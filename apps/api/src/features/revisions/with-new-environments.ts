import type { Db } from "@halyard/db";
import { environment } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { notFound } from "../../errors.ts";
import { readSnapshot } from "./snapshot.queries.ts";
import {
  append,
  type CommittedRevision,
  EMPTY,
  either,
  lockProject,
  type RevisionRequest,
  type RevisionStore,
  readNames,
  retryDeadlocks,
} from "./with-revision.ts";

interface NewEnvironmentsRequest extends Pick<RevisionRequest, "actor" | "comment" | "request"> {
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

async function begin(tx: Db, request: NewEnvironmentsRequest, id: number): Promise<CommittedRevision> {
  const [made] = await tx.select().from(environment).where(eq(environment.id, id));
  if (!made) throw notFound("environment", id);
  const { snapshot } = await readSnapshot(tx, id);
  const names = await readNames(tx, [made.projectId]);
  const first = await append(
    tx,
    { ...request, kind: "environment.created", always: true },
    {
      environment: made,
      touches: { settings: true },
      about: [],
      before: EMPTY,
      after: { settings: snapshot.environment, flags: snapshot.flags, segments: snapshot.segments, identities: [] },
      names: either(names, names),
    },
  );
  if (!first) throw new TypeError("A first revision is always written.");
  return first;
}
