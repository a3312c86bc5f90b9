/** One figure of the benchmark, measured against a peer or a limit in the same run. */
export interface Row {
  /** `<suite>/<case>` */
  readonly name: string;
  /** Median over rounds, in `unit`. */
  readonly value: number;
  readonly unit: string;
  readonly against: string;
  /** Higher is better: how many times the peer's or limit's performance this is. */
  readonly ratio: number;
  readonly goal: number;
  readonly holds: boolean;
}

export interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly against: string;
  readonly goal: number;
  /** Cost per operation, lower is better, one entry per round. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/** Ratios are taken round by round, so that a busy moment of the machine slows both sides of a ratio. */
export function toRow({ name, unit, against, goal, ours, theirs }: Measured): Row {
  const ratio = median(ours.map((cost, round) => (theirs[round] ?? Number.NaN) / cost));
  return { name, value: median(ours), unit, against, ratio, goal, holds: ratio >= goal };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}
