import { once } from "node:events";
import type { Flag, Segment } from "@halyard/evaluator";
import { InMemStorageProvider, PayloadType, Unleash } from "unleash-client";
// The operators are not among the package's exports.
import { Operator } from "unleash-client/lib/strategy/strategy.js";
import type { Workload } from "../workloads.ts";
import { type Engine, translate } from "./engine.ts";

type Bootstrap = NonNullable<NonNullable<ConstructorParameters<typeof Unleash>[0]["bootstrap"]>["data"]>[number];
type Strategies = NonNullable<Bootstrap["strategies"]>;
type UnleashSegment = NonNullable<NonNullable<ConstructorParameters<typeof Unleash>[0]["bootstrap"]>["segments"]>[number];
type Constraint = UnleashSegment["constraints"][number];

export async function loadUnleash({ snapshot, contexts }: Workload): Promise<Engine> {
  const unleash = new Unleash({
    appName: "bench",
    // Nobody listens there: the client works with what it was given at its start.
    url: "http://127.0.0.1:9/",
    refreshInterval: 0,
    disableMetrics: true,
    skipInstanceCountWarning: true,
    storageProvider: new InMemStorageProvider(),
    bootstrap: { data: snapshot.flags.map(toFeature), segments: snapshot.segments.map(toSegment) },
    disableAutoStart: true,
  });
  unleash.on("error", ignore).on("warn", ignore);
  const ready = once(unleash, "ready");
  await unleash.start();
  await ready;
  const keys = snapshot.flags.map(({ key }) => key);
  const users = contexts.map(({ targetingKey = "", attributes }) => ({ userId: targetingKey, properties: texts(attributes) }));
  const valueOf = (flagKey: string, at: number) => unleash.getVariant(flagKey, users[at]).payload?.value ?? "";
  return {
    name: "unleash-client 6.12.1",
    one: valueOf,
    all(at) {
      let read = 0;
      for (const key of keys) read += valueOf(key, at).length;
      return read;
    },
    close: () => unleash.destroy(),
  };
}

/** The refused first fetch is reported as an event. */
function ignore(): void {}

function texts(attributes: object = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
}

function toFeature(flag: Flag): Bootstrap {
  const control = 100 - flag.variants.reduce((sum, { weight }) => sum + weight, 0);
  const variants = [...flag.variants, { key: "control", weight: control, value: flag.value }].map(({ key, weight, value }) =>
    variant(key ?? "", weight, value),
  );
  const overrides = flag.overrides.map(({ id, segmentId, value }) =>
    strategy(flag.key, { segments: [segmentId], variants: [variant(`override-${id}`, 100, value)] }),
  );
  return { name: flag.key, enabled: true, strategies: [...overrides, strategy(flag.key, { variants })] };
}

function strategy(groupId: string, more: Partial<Strategies[number]>): Strategies[number] {
  return { name: "default", parameters: { groupId, stickiness: "default" }, constraints: [], ...more };
}

function variant(name: string, percent: number, value: unknown) {
  const payload = { type: PayloadType.STRING, value: String(value) };
  return { name, weight: percent * 10, stickiness: "default", payload, overrides: [] };
}

function toSegment({ id, rules }: Segment): UnleashSegment {
  const constraints = rules.flatMap(({ conditions }) =>
    conditions.map((condition) =>
      translate<Constraint>(condition, {
        isIn: (contextName, values) => ({ contextName, operator: Operator.IN, inverted: false, values: [...values] }),
        isGreater: (contextName, value) => ({ contextName, operator: Operator.NUM_GT, inverted: false, values: [], value }),
        isNot: (contextName, value) => ({ contextName, operator: Operator.NUM_EQ, inverted: true, values: [], value }),
      }),
    ),
  );
  return { id, constraints };
}
