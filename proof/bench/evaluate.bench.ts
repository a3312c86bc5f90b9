import assert from "node:assert/strict";
import { compile, evaluateAll } from "@halyard/evaluator";
import { BaseOfflineHandler, Flagsmith } from "flagsmith-nodejs";
// The environment builder is not among the package's exports.
import { buildEnvironmentModel } from "../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/environments/util.js";
import { toFlagsmithDocument } from "./flagsmith-document.ts";
import type { Pace } from "./pace.ts";
import { type Row, toRow } from "./rows.ts";
import { hundredFlags } from "./workloads.ts";

/** Local evaluation of a whole environment for one identity. */
export async function benchEvaluate(pace: Pace): Promise<Row[]> {
  const { snapshot, contexts } = hundredFlags();
  const compiled = compile(snapshot);
  const environment = buildEnvironmentModel(toFlagsmithDocument(snapshot));
  const offlineHandler = Object.assign(new BaseOfflineHandler(), { getEnvironment: () => environment });
  const flagsmith = new Flagsmith({ offlineMode: true, offlineHandler });
  const traits = contexts.map((context) => ({ ...context.attributes }));

  for (const [n, context] of contexts.entries()) {
    const theirs = await flagsmith.getIdentityFlags(context.targetingKey ?? "", traits[n]);
    const ours = evaluateAll(compiled, context);
    for (const flag of snapshot.flags) {
      assert.equal(ours.get(flag.key)?.value, theirs.getFeatureValue(flag.key), `${flag.key} for ${context.targetingKey}`);
      assert.equal(ours.get(flag.key)?.enabled, theirs.isFeatureEnabled(flag.key));
    }
  }

  const ours: number[] = [];
  const theirs: number[] = [];
  let sink = 0;
  for (let round = 0; round < pace.rounds; round++) {
    ours.push(
      await timePerCall(pace.roundMs, (n) => {
        const context = contexts[n % contexts.length];
        if (context) for (const outcome of evaluateAll(compiled, context).outcomes) if (outcome.enabled) sink++;
      }),
    );
    theirs.push(
      await timePerCall(pace.roundMs, async (n) => {
        const at = n % contexts.length;
        const flags = await flagsmith.getIdentityFlags(contexts[at]?.targetingKey ?? "", traits[at]);
        for (const flag of flags.allFlags()) if (flag.enabled) sink++;
      }),
    );
  }
  assert.ok(sink > 0);
  return [toRow({ name: "evaluate/all-100", unit: "µs per context", against: "flagsmith-nodejs 8.1.2", goal: 12, ours, theirs })];
}

/** Microseconds per call, over at least `ms`, after as long a warm-up as a tenth of that. */
async function timePerCall(ms: number, call: (n: number) => void | Promise<void>): Promise<number> {
  let n = 0;
  for (const until = performance.now() + ms / 10; performance.now() < until; ) await call(n++);
  const from = performance.now();
  let calls = 0;
  while (performance.now() - from < ms) {
    for (let batch = 0; batch < 50; batch++) {
      const pending = call(n++);
      // Awaiting what is not a promise would charge our side for a microtask it does not need.
      if (pending) await pending;
    }
    calls += 50;
  }
  return ((performance.now() - from) * 1_000) / calls;
}
