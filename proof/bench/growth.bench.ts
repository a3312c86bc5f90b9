import assert from "node:assert/strict";
import { type CompiledEnvironment, compile, evaluate } from "@halyard/evaluator";
import { apply } from "@halyard/evaluator/apply";
import type { IdentityOverrides, Snapshot } from "@halyard/evaluator/model";
import { parseDelta } from "@halyard/evaluator/validate";
import { type Contestant, interleave } from "./interleave.ts";
import type { Pace } from "./pace.ts";
import { type Row, toRow } from "./rows.ts";
import { flagsByTheHundred } from "./workloads.ts";

/** A tenfold environment may make one change or one evaluation at most 1.2 times as dear. */
const GOAL = 1 / 1.2;
const OVERRIDES = 1_000;

interface Environment {
  readonly snapshot: Snapshot;
  readonly overrides: readonly IdentityOverrides[];
}

/** What one change and one evaluation cost in an environment, against one that has a tenth of its flags, segments or overrides. */
export async function benchGrowth(pace: Pace, isWanted: (name: string) => boolean): Promise<Row[]> {
  const small: Environment = { snapshot: flagsByTheHundred(1).snapshot, overrides: overridesOf(OVERRIDES) };
  const large = flagsByTheHundred(10).snapshot;
  const grown: Readonly<Record<string, Environment>> = {
    // The further flags have the same segments.
    flags: { ...small, snapshot: { ...large, segments: small.snapshot.segments, flags: large.flags.map(withFirstSegments) } },
    segments: { ...small, snapshot: { ...small.snapshot, segments: large.segments } },
    overrides: { ...small, overrides: overridesOf(OVERRIDES * 10) },
  };
  const rows: Row[] = [];
  for (const [what, environment] of Object.entries(grown)) {
    for (const [work, contestant] of Object.entries({ delta: changing, evaluate: evaluating })) {
      const name = `growth/${what}-${work}`;
      if (isWanted(name)) rows.push(await compare(name, [contestant("ten times", environment), contestant("once", small)], pace));
    }
  }
  return rows;
}

async function compare(name: string, contestants: readonly Contestant[], { rounds, roundMs }: Pace): Promise<Row> {
  const costs = await interleave(contestants, { rounds: rounds * 2 - 1, sliceMs: roundMs / 5, batch: 100 });
  const [ours = [], theirs = []] = contestants.map((it) => costs.get(it.name));
  return toRow({ name, unit: "µs CPU", against: "an environment of a tenth", goal: GOAL, ours, theirs });
}

/** A flag changes: read from another process's message, taken into memory, and written once for all streams. */
function changing(name: string, { snapshot, overrides }: Environment): Contestant {
  let environment = compile(snapshot, { identityOverrides: overrides });
  return {
    name,
    run(n) {
      const flag = snapshot.flags[n % 100];
      assert.ok(flag);
      const message = JSON.stringify({ flags: { upserted: [{ ...flag, value: `changed-${n}` }], removed: [] } });
      const read = parseDelta(JSON.parse(message));
      assert.ok(read.ok);
      environment = apply(environment, read.delta);
      return JSON.stringify({ type: "delta", from: n, to: n + 1, delta: read.delta }).length;
    },
  };
}

/** One of a hundred flags, for somebody who has an override of one of them. */
function evaluating(name: string, { snapshot, overrides }: Environment): Contestant {
  const environment: CompiledEnvironment = compile(snapshot, { identityOverrides: overrides });
  const keys = snapshot.flags.slice(0, 100).map((flag) => flag.key);
  const { contexts } = flagsByTheHundred(1);
  return {
    name,
    run(n) {
      const { attributes } = contexts[n % contexts.length] ?? {};
      const outcome = evaluate(environment, keys[n % 100] ?? "", { targetingKey: `identity-${n % OVERRIDES}`, attributes });
      return outcome.reason.length;
    },
  };
}

const withFirstSegments = (flag: Snapshot["flags"][number]) => ({
  ...flag,
  overrides: flag.overrides.map((override) => ({ ...override, segmentId: ((override.segmentId - 1) % 20) + 1 })),
});

function overridesOf(count: number): IdentityOverrides[] {
  return Array.from({ length: count }, (_, n) => ({
    identifier: `identity-${n}`,
    overrides: [{ id: n + 1, flagId: (n % 100) + 1, enabled: true, value: `own-${n}`, variants: [], seed: `own-${n}` }],
  }));
}
