import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export interface Contestant {
  readonly name: string;
  /** Answers with anything that depends on the work, so that none of it can be left out. */
  run(n: number): number | Promise<number>;
}

export interface Slices {
  readonly rounds: number;
  /** How long one contestant works in one round. */
  readonly sliceMs: number;
  /** Calls between two looks at the clock: many, where one call takes nanoseconds. */
  readonly batch: number;
}

/**
 * Lets all take turns, round by round, so that a busy machine is busy for all.
 *
 * @returns microseconds of processor time per call, with what collecting its garbage takes, one entry per round, by name
 */
export async function interleave(
  contestants: readonly Contestant[],
  slices: Slices,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const costs = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) await timePerCall(contestant, slices);
  for (let round = 0; round < slices.rounds; round++)
    for (const contestant of contestants) {
      // Nobody pays for what another left behind.
      collectGarbage("minor");
      costs.get(contestant.name)?.push(await timePerCall(contestant, slices));
    }
  return costs;
}

async function timePerCall(contestant: Contestant, { sliceMs, batch }: Slices): Promise<number> {
  const from = process.cpuUsage();
  const until = performance.now() + sliceMs;
  let calls = 0;
  let sink = 0;
  while (performance.now() < until) {
    for (let i = 0; i < batch; i++) {
      const result = contestant.run(calls++);
      // Awaiting what is not a promise would charge a synchronous engine for a microtask it does not need.
      sink += typeof result === "number" ? result : await result;
    }
  }
  const { user, system } = process.cpuUsage(from);
  const cost = (user + system) / calls;
  if (!(sink > 0)) throw new Error(`${contestant.name} read nothing.`);
  return cost;
}

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as (how: { readonly type: "minor" | "major" }) => void;

export function collectGarbage(type: "minor" | "major" = "major"): void {
  gc({ type });
}
