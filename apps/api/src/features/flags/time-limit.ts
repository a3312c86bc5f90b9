import { createContext, Script } from "node:vm";

/** A schema may refer to itself so that one check has 2^30 steps; nothing else would end that. In milliseconds. */
const LIMIT = 1_000;

export class TooLongError extends Error {}

const room: { work: () => void } = { work: () => undefined };
const context = createContext(room);
const script = new Script("work()");

/**
 * Runs synchronous work and stops it in the middle when it takes too long; what it was changing is then not to be used again.
 *
 * @throws TooLongError after {@link LIMIT} milliseconds
 */
export function withinTime<T>(work: () => T): T {
  const done: T[] = [];
  room.work = () => done.push(work());
  try {
    script.runInContext(context, { timeout: LIMIT });
  } catch (error) {
    // An error of the other context, so no `Error` of ours.
    if (typeof error === "object" && error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
      throw new TooLongError(`It took longer than ${LIMIT} ms.`, { cause: error });
    }
    throw error;
  } finally {
    room.work = () => undefined;
  }
  const [result] = done;
  return result as T;
}
