/** How long to measure: `--quick` fits in two minutes with all suites. */
export interface Pace {
  readonly rounds: number;
  readonly roundMs: number;
  /** Once per server before its first round. */
  readonly warmUpMs: number;
  /** Thousands of clients. */
  readonly crowds: readonly number[];
}

export const FULL: Pace = { rounds: 7, roundMs: 3_000, warmUpMs: 10_000, crowds: [1, 5, 10] };
export const QUICK: Pace = { rounds: 3, roundMs: 2_000, warmUpMs: 6_000, crowds: [1] };
