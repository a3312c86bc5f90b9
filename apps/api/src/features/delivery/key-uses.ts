import type { Db } from "@halyard/db";
import type { Logger } from "pino";
import type { Gate } from "./gate.ts";
import { storeKeyUses } from "./keys.queries.ts";
import type { Keys } from "./keys.ts";

/** Somebody who has just pasted a key waits for its first use. */
const LOOK_MS = 1_000;
/** How exact a time is that is stored already: a key in constant use costs one write in this time. */
const STORE_EVERY_MS = 60_000;

interface KeyUsesOptions {
  readonly db: Db;
  readonly gate: Gate;
  readonly now: () => number;
  readonly keys: Pick<Keys, "takeUsed">;
  readonly log: Pick<Logger, "debug">;
}

/** Stores when keys were last used. Losing some is better than slowing a client. */
export function startKeyUses({ db, gate, now, keys, log }: KeyUsesOptions): { close(): Promise<void> } {
  const storedAt = new Map<string, number>();
  let storing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    storing = storing.then(store);
  }, LOOK_MS);
  timer.unref();

  async function store(): Promise<void> {
    const at = now();
    const due = keys.takeUsed().filter((keyId) => at - (storedAt.get(keyId) ?? -Infinity) >= STORE_EVERY_MS);
    if (due.length === 0) return;
    try {
      await gate(() => storeKeyUses(db, due, new Date(at)));
      for (const keyId of due) storedAt.set(keyId, at);
    } catch (error) {
      log.debug({ err: error }, "when keys were used could not be stored");
    }
  }

  return {
    async close() {
      clearInterval(timer);
      await storing;
      await store();
    },
  };
}
