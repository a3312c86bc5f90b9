import type { Db } from "@halyard/db";
import type { AttributeValue } from "@halyard/evaluator";
import { isDatabaseAway, sqlState } from "../../errors.ts";
import { createBatch } from "./batch.ts";
import { type IdentityWrite, writeTraits } from "./identities.queries.ts";

/** Traits in one statement; PostgreSQL takes 65,535 parameters, a trait is four. */
const MAX_TRAITS = 2_000;
const RETRIES = 3;
const RETRYABLE = new Set(["40P01", "40001"]);

/** Groups writes; each resolves once its group is committed. */
export function createIdentityWrites(db: Db): (write: IdentityWrite) => Promise<void> {
  const together = createBatch<IdentityWrite, undefined>({
    maxSize: MAX_TRAITS,
    sizeOf: (write) => Object.keys(write.traits).length,
    run: async (group) => {
      await writeGroup(db, group);
      return group.map(() => undefined);
    },
  });
  return async (write) => {
    try {
      await together(write);
    } catch (error) {
      // One bad member, such as one of a deleted environment, must not lose what the others wrote.
      if (isDatabaseAway(error) || sqlState(error) === undefined) throw error;
      await writeGroup(db, [write]);
    }
  };
}

async function writeGroup(db: Db, group: readonly IdentityWrite[]): Promise<void> {
  const merged = lastWins(group);
  for (let tries = 0; ; tries++) {
    try {
      await writeTraits(db, merged);
      return;
    } catch (error) {
      if (tries === RETRIES || !RETRYABLE.has(sqlState(error) ?? "")) throw error;
    }
  }
}

/** One entry an identity: a statement that names a row twice is refused as a whole. */
export function lastWins(group: readonly IdentityWrite[]): IdentityWrite[] {
  const merged = new Map<string, { ref: IdentityWrite; traits: Map<string, AttributeValue> }>();
  for (const write of group) {
    const name = `${write.environmentId} ${write.identifier}`;
    const entry = merged.get(name) ?? { ref: write, traits: new Map<string, AttributeValue>() };
    merged.set(name, entry);
    for (const [key, value] of Object.entries(write.traits)) entry.traits.set(key, value);
  }
  return [...merged.values()].map(({ ref: { environmentId, identifier }, traits }) => ({
    environmentId,
    identifier,
    traits: Object.fromEntries(traits),
  }));
}
