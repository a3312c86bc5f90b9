/** How long to measure: `--quick` fits in two minutes with all suites. */
export interface Pace {
  readonly rounds: number;
  readonly roundMs: number;
}

export const FULL: Pace = { rounds: 7, roundMs: 3_000 };
export const QUICK: Pace = { rounds: 3, roundMs: 1_000 };
