import type { Accessor } from "solid-js";
import { createMemo } from "solid-js";
import type { Place } from "../../lib/place.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";

export type UsageBucket = OutputOf<"usage.flag">["buckets"][number];

const REFRESH_MS = 60_000;
const number = new Intl.NumberFormat("en");
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** "1,204 evaluations in 24 hours" */
export const usageWords = (counts: readonly number[]): string =>
  `${number.format(sum(counts))} ${sum(counts) === 1 ? "evaluation" : "evaluations"} in 24 hours`;

/** A whole list's evaluations, asked for once: by flag, hour by hour. What was never read is flat. */
export function createFlagsUsage(place: Accessor<Place>): (flag: string) => readonly number[] | undefined {
  const usage = createApiQuery(() => ({ path: "usage.flags", input: inputOf(place()), keep: false, everyMs: REFRESH_MS }));
  const byFlag = createMemo(() => new Map(usage.data?.flags.map(({ flag, counts }) => [flag, counts])));
  const nothing = Array.from({ length: 24 }, () => 0);
  return (flag) => (usage.data === undefined ? undefined : (byFlag().get(flag) ?? nothing));
}

/** "41,200 evaluations: 96 % on, 4 % off." */
export function shareSentence(buckets: readonly UsageBucket[]): string {
  const on = sum(buckets.map((bucket) => bucket.on));
  const all = on + sum(buckets.map((bucket) => bucket.off));
  if (all === 0) return "Nobody has read it in this time.";
  const percent = Math.round((on / all) * 100);
  return `${number.format(all)} ${all === 1 ? "evaluation" : "evaluations"}: ${percent} % on, ${100 - percent} % off.`;
}
