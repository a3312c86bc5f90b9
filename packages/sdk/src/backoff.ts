const FIRST_CEILING_MS = 1000;
const MAX_CEILING_MS = 30_000;
/** Even the luckiest draw waits this long, so that a server which closes at once is not hammered. */
const MIN_DELAY_MS = 100;
/** A refused key is tried again this seldom, minus up to half. */
const SLOW_MS = 300_000;

/** A connection must have lived this long before the next failure counts as the first. */
export const STABLE_MS = 60_000;

export interface Backoff {
  /** Milliseconds before the next attempt: full jitter under a ceiling that doubles. */
  readonly next: () => number;
  readonly reset: () => void;
}

export function createBackoff(random: () => number): Backoff {
  let failures = 0;
  return {
    next() {
      const ceiling = Math.min(MAX_CEILING_MS, FIRST_CEILING_MS * 2 ** failures);
      failures = Math.min(failures + 1, 30);
      return MIN_DELAY_MS + random() * (ceiling - MIN_DELAY_MS);
    },
    reset: () => {
      failures = 0;
    },
  };
}

export function slowDelay(random: () => number): number {
  return SLOW_MS * (1 - random() / 2);
}
