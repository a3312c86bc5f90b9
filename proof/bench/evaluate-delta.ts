import assert from "node:assert/strict";
import { compile, evaluate } from "@halyard/evaluator";
import { apply } from "@halyard/evaluator/apply";
import type { Pace } from "./pace.ts";
import { type Row, toRow } from "./rows.ts";
import { flagsByTheHundred } from "./workloads.ts";

const APPLIES = 200;

/** One flag of 5,000 changes: what that costs, against a hundredth of compiling them all. */
export function benchDelta({ rounds }: Pace): Row {
  const { snapshot } = flagsByTheHundred(50);
  let environment = compile(snapshot);
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first round is for the compiler to warm up.
  for (let round = 0; round <= rounds * 3; round++) {
    const fromCompile = performance.now();
    const anew = compile(snapshot);
    const compileMs = performance.now() - fromCompile;

    const deltas = Array.from({ length: APPLIES }, (_, n) => {
      const flag = snapshot.flags[(round * APPLIES + n * 17) % snapshot.flags.length];
      assert.ok(flag);
      return { flags: { upserted: [{ ...flag, value: `changed-${round}-${n}` }], removed: [] } };
    });
    const fromApply = performance.now();
    for (const delta of deltas) environment = apply(environment, delta);
    const applyMs = (performance.now() - fromApply) / APPLIES;

    const last = deltas.at(-1)?.flags.upserted[0];
    assert.ok(last && evaluate(anew, last.key, {}).value !== last.value);
    assert.equal(evaluate(environment, last.key, {}).value, last.value);
    if (round === 0) continue;
    ours.push(applyMs * 1_000);
    theirs.push(compileMs * 10);
  }
  return toRow({
    name: "evaluate/delta",
    unit: "µs per change of one flag in 5,000",
    against: "1 % of a full compile",
    goal: 1,
    ours,
    theirs,
  });
}
