import type { Engine, LoadEngine } from "./engines/engine.ts";
import { FLAGD, loadFlagd } from "./engines/flagd.ts";
import { loadHalyard } from "./engines/halyard.ts";
import { collectGarbage } from "./interleave.ts";
import type { Pace } from "./pace.ts";
import { type Row, toRow } from "./rows.ts";
import { flagsByTheHundred, type Workload } from "./workloads.ts";

const COPIES = 10;

/** Heap per flag of environments that are loaded from text and have answered once. */
export async function benchMemory({ rounds }: Pace): Promise<Row> {
  const workload = flagsByTheHundred(10);
  const text = JSON.stringify(workload.snapshot);
  const load = () => ({ ...workload, snapshot: JSON.parse(text) as Workload["snapshot"] });
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair = [await bytesPerFlag(loadHalyard, load), await bytesPerFlag(loadFlagd, load)] as const;
    // In the first round the engines' own code is compiled.
    if (round === 0) continue;
    ours.push(pair[0]);
    theirs.push(pair[1]);
  }
  return toRow({ name: "evaluate/memory", unit: "bytes per flag", against: FLAGD, goal: 1, ours, theirs });
}

async function bytesPerFlag(loadEngine: LoadEngine, load: () => Workload): Promise<number> {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const engines: Engine[] = [];
  for (let copy = 0; copy < COPIES; copy++) {
    const engine = await loadEngine(load());
    await engine.all(0);
    engines.push(engine);
  }
  collectGarbage();
  const used = process.memoryUsage().heapUsed - before;
  return used / (engines.length * load().snapshot.flags.length);
}
