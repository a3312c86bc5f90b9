import type { Db } from "@halyard/db";
import { snapshotCheckpoint } from "@halyard/db/schema";
import type { CompiledEnvironment } from "@halyard/evaluator";
import { apply } from "@halyard/evaluator/apply";
import { and, desc, eq, lte } from "drizzle-orm";
import { notFound } from "../../errors.ts";
import { compileEnvironment } from "./compile-environment.ts";
import { readRevisionsAfter } from "./log.queries.ts";
import { type Content, parseStoredSnapshot } from "./stored-snapshot.ts";

/**
 * An environment as it was at one of its versions: the last checkpoint before it, and the log from there.
 *
 * @throws AppError `not_found` for a version that the log does not reach
 */
export async function readEnvironmentAt(tx: Db, environmentId: number, version: number): Promise<CompiledEnvironment> {
  const start = await readCheckpoint(tx, environmentId, version);
  const missing = version - start.version;
  const steps = await readRevisionsAfter(tx, environmentId, { version: start.version, limit: missing });
  if (steps.length < missing) throw notFound("revision", version);
  return steps.reduce((at, { delta }) => apply(at, delta), compileEnvironment(start.content));
}

interface Start {
  readonly version: number;
  readonly content: Content;
}

/** The first revision holds the whole environment, so nothing is needed before it. */
const NOTHING: Start = {
  version: 0,
  content: {
    snapshot: {
      environment: {
        id: 0,
        name: "",
        bucketingKey: "",
        project: { id: 0, name: "" },
        organisation: { id: 0, name: "" },
        hideDisabledFlags: false,
        allowClientTraits: false,
        hideSensitiveData: false,
      },
      flags: [],
      segments: [],
    },
    identityOverrides: [],
  },
};

async function readCheckpoint(tx: Db, environmentId: number, version: number): Promise<Start> {
  const [row] = await tx
    .select()
    .from(snapshotCheckpoint)
    .where(and(eq(snapshotCheckpoint.environmentId, environmentId), lte(snapshotCheckpoint.version, version)))
    .orderBy(desc(snapshotCheckpoint.version))
    .limit(1);
  return row ? { version: row.version, content: await parseStoredSnapshot(tx, row.body) } : NOTHING;
}
