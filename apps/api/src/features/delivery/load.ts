import type { Db } from "@halyard/db";
import { notFound } from "../../errors.ts";
import { compileEnvironment, readHeads, readSnapshot } from "../revisions/index.ts";
import type { EnvironmentState } from "./delivery.ts";
import { type KeyRow, readKeys } from "./keys.queries.ts";
import { toPosition } from "./position.ts";

export interface Loaded {
  readonly state: EnvironmentState;
  readonly hash: string;
  readonly keys: readonly KeyRow[];
}

/** An environment as it is in one moment. @throws AppError `not_found` */
export async function loadEnvironment(db: Db, environmentId: number): Promise<Loaded> {
  const read = await db.transaction(
    async (tx) => ({
      heads: await readHeads(tx, [environmentId]),
      content: await readSnapshot(tx, environmentId),
      keys: await readKeys(tx, environmentId),
    }),
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
  const [head] = read.heads;
  if (!head) throw notFound("environment", environmentId);
  return { state: toState({ ...head, compiled: compileEnvironment(read.content) }), hash: head.hash, keys: read.keys };
}

type StateParts = Pick<EnvironmentState, "version" | "epoch" | "updatedAt" | "compiled"> & { readonly hash: string };

export const toState = ({ version, epoch, hash, updatedAt, compiled }: StateParts): EnvironmentState => ({
  version,
  epoch,
  position: toPosition(epoch, version, hash),
  updatedAt,
  compiled,
});
