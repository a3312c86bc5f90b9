import { compile, evaluate, evaluateAll } from "@halyard/evaluator";
import type { Workload } from "../workloads.ts";
import { type Engine, textOf } from "./engine.ts";

export function loadHalyard({ snapshot, contexts }: Workload): Engine {
  const environment = compile(snapshot);
  return {
    name: "Halyard",
    one: (flagKey, at) => evaluate(environment, flagKey, contexts[at] ?? {}).value,
    all(at) {
      let read = 0;
      for (const { value } of evaluateAll(environment, contexts[at] ?? {}).outcomes) read += textOf(value).length;
      return read;
    },
  };
}

/** As `loadHalyard`, but every answer is copied to an object of its own: what sharing the answers saves. */
export function loadFreshHalyard({ snapshot, contexts }: Workload): Engine {
  const environment = compile(snapshot);
  const fresh = (at: number) => {
    const { outcomes } = evaluateAll(environment, contexts[at] ?? {});
    return snapshot.flags.map(({ key }, n) => {
      const { value = null, variant = null, reason = "ERROR", enabled = false } = outcomes[n] ?? {};
      return { flagKey: key, enabled, value, variant, reason, flagMetadata: {} };
    });
  };
  return {
    name: "Halyard, fresh objects",
    one: (flagKey, at) => evaluate(environment, flagKey, contexts[at] ?? {}).value,
    all(at) {
      let read = 0;
      for (const { value } of fresh(at)) read += textOf(value).length;
      return read;
    },
  };
}
