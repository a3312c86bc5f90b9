import type { CompiledEnvironment } from "@halyard/evaluator";
import type { Services } from "../../context.ts";
import { AppError, notFound } from "../../errors.ts";
import { type Delivery, toPosition } from "../delivery/index.ts";
import { compileEnvironment, readHeads, readSnapshot } from "../revisions/index.ts";

interface Loaded {
  readonly version: number;
  /** `<epoch>:<version>:<hash8>` */
  readonly position: string;
  readonly compiled: CompiledEnvironment;
}

/** From memory, unless memory is behind the database: whoever has just written something must find it here. */
export async function readEnvironment(
  { db, delivery }: Pick<Services, "db" | "delivery">,
  environmentId: number,
): Promise<Loaded> {
  const [head] = await readHeads(db, [environmentId]);
  if (!head) throw notFound("environment", environmentId);
  const state = await stateInMemory(delivery, environmentId);
  if (state?.epoch === head.epoch && state.version >= head.version) return state;
  return db.transaction(
    async (tx) => {
      const [now = head] = await readHeads(tx, [environmentId]);
      const position = toPosition(now.epoch, now.version, now.hash);
      return { version: now.version, position, compiled: compileEnvironment(await readSnapshot(tx, environmentId)) };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

async function stateInMemory(delivery: Delivery, environmentId: number) {
  try {
    const hub = await delivery.environment(environmentId);
    return hub.current();
  } catch (error) {
    // The database has just answered, so it is asked instead.
    if (error instanceof AppError && error.code === "unavailable") return undefined;
    throw error;
  }
}
