import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 15_000;

/** What one client saw of the flag, and when by this machine's clock. */
export interface Sightings {
  /** Takes a reading; only what differs from the one before counts. */
  report(enabled: boolean, at?: number): void;
  /** Waits until the newest reading is this one. @returns when it was first so, in milliseconds since 1970 */
  sees(enabled: boolean): Promise<number>;
}

export function createSightings(name: string): Sightings {
  let newest: { readonly enabled: boolean; readonly at: number } | undefined;
  let wake: (() => void)[] = [];

  return {
    report(enabled, at = Date.now()) {
      if (newest?.enabled === enabled) return;
      newest = { enabled, at };
      for (const go of wake.splice(0)) go();
    },
    async sees(enabled) {
      const tooLate = AbortSignal.timeout(PATIENCE_MS);
      while (newest?.enabled !== enabled) {
        if (tooLate.aborted)
          throw new Error(`${name} did not see the flag ${word(enabled)} within ${PATIENCE_MS} ms; ${state()}.`);
        await new Promise<void>((resolve) => {
          wake.push(resolve);
          tooLate.addEventListener("abort", () => resolve());
        });
        wake = [];
      }
      return newest.at;
    },
  };

  function state() {
    return newest === undefined ? "it never saw it at all" : `it sees it ${word(newest.enabled)}`;
  }
}

const word = (enabled: boolean) => (enabled ? "on" : "off");

/** Reads again and again, as a client without a stream has to. @returns ends it */
export function readEvery(intervalMs: number, read: () => Promise<void>): () => Promise<void> {
  const stopping = new AbortController();
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      await read();
      // Aborted sleep is how this ends.
      await sleep(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  // A read that fails ends the loop; whoever waits for a sighting says so, and `close` throws it.
  ended.catch(() => undefined);
  return () => {
    stopping.abort();
    return ended;
  };
}
