import type { Flag, Segment } from "@halyard/evaluator";
import { basicLogger, init } from "@launchdarkly/node-server-sdk";
import { TestData } from "@launchdarkly/node-server-sdk/integrations";
import type { Workload } from "../workloads.ts";
import { type Engine, textOf, translate } from "./engine.ts";

export async function loadLaunchDarkly({ snapshot, contexts }: Workload): Promise<Engine> {
  const data = new TestData();
  for (const segment of snapshot.segments) await data.usePreconfiguredSegment(toSegment(segment));
  for (const flag of snapshot.flags) await data.usePreconfiguredFlag(toFlag(flag));
  const client = init("sdk-bench", {
    updateProcessor: data.getFactory(),
    sendEvents: false,
    diagnosticOptOut: true,
    logger: basicLogger({ level: "error" }),
  });
  await client.waitForInitialization({ timeout: 10 });
  const users = contexts.map(({ targetingKey = "", attributes }) => ({ kind: "user", key: targetingKey, ...attributes }));
  const userAt = (at: number) => users[at] ?? { kind: "user", key: "" };
  return {
    name: "@launchdarkly/node-server-sdk 9.13.7",
    one: (flagKey, at) => client.variation(flagKey, userAt(at), ""),
    async all(at) {
      let read = 0;
      const values = (await client.allFlagsState(userAt(at))).allValues();
      for (const key in values) read += textOf(values[key]).length;
      return read;
    },
    close: () => client.close(),
  };
}

function toFlag(flag: Flag) {
  const control = 100 - flag.variants.reduce((sum, { weight }) => sum + weight, 0);
  // Weights are thousandths of a percent.
  const weights = [control, ...flag.variants.map(({ weight }) => weight)].map((percent) => percent * 1_000);
  return {
    key: flag.key,
    version: 1,
    on: true,
    salt: flag.seed,
    offVariation: 0,
    fallthrough:
      flag.variants.length > 0
        ? { rollout: { variations: weights.map((weight, variation) => ({ variation, weight })) } }
        : { variation: 0 },
    variations: [flag.value, ...flag.variants.map(({ value }) => value), ...flag.overrides.map(({ value }) => value)],
    rules: flag.overrides.map(({ id, segmentId }, n) => ({
      id: String(id),
      clauses: [{ attribute: "", op: "segmentMatch", values: [`segment-${segmentId}`], negate: false }],
      variation: 1 + flag.variants.length + n,
    })),
    targets: [],
    prerequisites: [],
  };
}

function toSegment({ key, seed, rules }: Segment) {
  return {
    key,
    version: 1,
    salt: seed,
    included: [],
    excluded: [],
    rules: rules.map(({ conditions }) => ({
      clauses: conditions.map((condition) =>
        translate<object>(condition, {
          isIn: (attribute, values) => ({ attribute, op: "in", values, negate: false }),
          isGreater: (attribute, than) => ({ attribute, op: "greaterThan", values: [than], negate: false }),
          isNot: (attribute, value) => ({ attribute, op: "in", values: [value], negate: true }),
        }),
      ),
    })),
  };
}
