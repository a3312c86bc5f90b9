import assert from "node:assert/strict";
import { type CompiledEnvironment, compile, evaluate, type Snapshot } from "@halyard/evaluator";
import { apply } from "@halyard/evaluator/apply";
import type { Pace } from "./pace.ts";
import { type Row, toRow } from "./rows.ts";
import { flagsByTheHundred } from "./workloads.ts";

const LONG = 100_000;
const SHORT = 10;
const LOOKUPS = 20_000;
const COMPILE_LIMIT_MS = 100;
const EDITS = 20;

/** A segment by a list of 100,000 texts: what compiling it, asking it and editing it costs. */
export function benchList({ rounds }: Pace): Row[] {
  const snapshot = withList(LONG);
  const short = compile(withList(SHORT));
  const costs = { compile: [] as number[], long: [] as number[], short: [] as number[], edit: [] as number[] };
  // The first round is for the compiler to warm up.
  for (let round = 0; round <= rounds * 3; round++) {
    // A copy, as lists that are known already are not made again.
    const copy = structuredClone(snapshot);
    const fromCompile = performance.now();
    const long = compile(copy);
    const compileMs = performance.now() - fromCompile;
    const lookups = { long: lookupUs(long, LONG), short: lookupUs(short, SHORT) };
    const editMs = editTime(long);
    if (round === 0) continue;
    costs.compile.push(compileMs);
    costs.long.push(lookups.long);
    costs.short.push(lookups.short);
    costs.edit.push(editMs);
  }
  return [
    toRow({
      name: "evaluate/list-100k",
      unit: "µs per flag by a list of 100,000",
      against: `a list of ${SHORT}`,
      goal: 0.25,
      ours: costs.long,
      theirs: costs.short,
    }),
    toRow({
      name: "evaluate/list-100k-compile",
      unit: "ms to compile",
      against: `${COMPILE_LIMIT_MS} ms`,
      goal: 1,
      ours: costs.compile,
      theirs: costs.compile.map(() => COMPILE_LIMIT_MS),
    }),
    toRow({
      name: "evaluate/list-100k-edit",
      unit: "ms per edit of one item",
      against: "compiling it anew",
      goal: 2,
      ours: costs.edit,
      theirs: costs.compile,
    }),
  ];
}

const item = (n: number) => `customer-${n}`;

function withList(length: number): Snapshot {
  const { snapshot } = flagsByTheHundred(1);
  const [flag, ...others] = snapshot.flags;
  const [segment, ...segments] = snapshot.segments;
  assert.ok(flag && segment);
  const value = Array.from({ length }, (_, n) => item(n));
  const condition = { operator: "IN", property: "customer", value } as const;
  return {
    ...snapshot,
    flags: [{ ...flag, overrides: flag.overrides.map((override) => ({ ...override, segmentId: segment.id })) }, ...others],
    segments: [{ ...segment, version: 0, rules: [{ type: "ALL", conditions: [condition], rules: [] }] }, ...segments],
  };
}

/** Half of those who are asked for are in the list. */
function lookupUs(environment: CompiledEnvironment, length: number): number {
  const contexts = Array.from({ length: 256 }, (_, n) => ({ attributes: { customer: item((n * 7919) % (2 * length)) } }));
  let found = 0;
  const from = performance.now();
  for (let n = 0; n < LOOKUPS; n++)
    if (evaluate(environment, "flag-1", contexts[n % contexts.length] ?? {}).source === "segment") found++;
  const us = ((performance.now() - from) * 1_000) / LOOKUPS;
  assert.ok(found > 0 && found < LOOKUPS);
  return us;
}

function editTime(long: CompiledEnvironment): number {
  let environment = long;
  const from = performance.now();
  for (let version = 0; version < EDITS; version++) {
    const lists = [{ path: [0, 0], added: [`new-${version}`], removed: [item(version)] }];
    environment = apply(environment, { segmentLists: [{ segmentId: 1, from: version, to: version + 1, lists }] });
  }
  const ms = (performance.now() - from) / EDITS;
  const ask = (customer: string) => evaluate(environment, "flag-1", { attributes: { customer } }).source;
  assert.deepEqual([ask("new-0"), ask(item(0)), ask(item(EDITS))], ["segment", "environment", "segment"]);
  return ms;
}
