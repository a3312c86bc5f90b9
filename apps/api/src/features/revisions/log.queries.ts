import type { Db } from "@halyard/db";
import { environment, revision } from "@halyard/db/schema";
import type { Delta } from "@halyard/evaluator/model";
import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { parseBody, resolveDeltas } from "./body.ts";

/** Where an environment's log ends. */
export interface Head {
  readonly environmentId: number;
  readonly version: number;
  readonly hash: string;
  readonly epoch: string;
  readonly updatedAt: Date;
}

const headColumns = {
  environmentId: environment.id,
  version: environment.version,
  hash: environment.headHash,
  epoch: environment.epoch,
  updatedAt: environment.documentUpdatedAt,
};

/** One query for all: what the version poll asks every second. An environment that is missing was deleted. */
export async function readHeads(tx: Db, environmentIds: readonly number[]): Promise<Head[]> {
  if (environmentIds.length === 0) return [];
  return tx
    .select(headColumns)
    .from(environment)
    .where(inArray(environment.id, [...environmentIds]));
}

export interface LoggedRevision {
  readonly from: number;
  readonly to: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly kind: string;
  readonly subjects: readonly string[];
  readonly actor: string;
  readonly delta: Delta;
}

/** Revisions after a version, oldest first, at most `limit`. */
export async function readRevisionsAfter(
  tx: Db,
  environmentId: number,
  { version, limit }: { readonly version: number; readonly limit: number },
): Promise<LoggedRevision[]> {
  const rows = await tx
    .select()
    .from(revision)
    .where(and(eq(revision.environmentId, environmentId), gt(revision.version, version)))
    .orderBy(asc(revision.version))
    .limit(limit);
  const deltas = await resolveDeltas(
    tx,
    rows.map((row) => parseBody(row.body).delta),
  );
  return rows.map((row, index) => ({
    from: row.version - 1,
    to: row.version,
    previousHash: row.previousHash,
    hash: row.hash,
    kind: row.kind,
    subjects: row.subjects,
    actor: row.actor,
    delta: deltas[index] ?? {},
  }));
}

/** The hash of one revision, to tell whether a position is on this log's chain. */
export async function findRevisionHash(tx: Db, environmentId: number, version: number): Promise<string | undefined> {
  const [row] = await tx
    .select({ hash: revision.hash })
    .from(revision)
    .where(and(eq(revision.environmentId, environmentId), eq(revision.version, version)));
  return row?.hash;
}

/** A new epoch, unless another node already gave one: history was replaced, and clients must take a snapshot although its version is lower. */
export async function renewEpoch(
  tx: Db,
  environmentId: number,
  { was, now }: { readonly was: string; readonly now: string },
): Promise<void> {
  await tx
    .update(environment)
    .set({ epoch: now })
    .where(and(eq(environment.id, environmentId), eq(environment.epoch, was)));
}
