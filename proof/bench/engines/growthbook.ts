import { GrowthBookClient } from "@growthbook/growthbook";
import type { Flag, Segment } from "@halyard/evaluator";
import type { Workload } from "../workloads.ts";
import { type Engine, textOf, translate } from "./engine.ts";

export function loadGrowthBook({ snapshot, contexts }: Workload): Engine {
  const features = Object.fromEntries(snapshot.flags.map((flag) => [flag.key, toFeature(flag, snapshot.segments)]));
  const client = new GrowthBookClient().initSync({ payload: { features } });
  const keys = snapshot.flags.map(({ key }) => key);
  const users = contexts.map(({ targetingKey, attributes }) => ({ attributes: { id: targetingKey, ...attributes } }));
  const valueOf = (flagKey: string, at: number) => textOf(client.evalFeature(flagKey, users[at] ?? {}).value);
  return {
    name: "@growthbook/growthbook 1.8.0",
    one: valueOf,
    all(at) {
      let read = 0;
      for (const key of keys) read += valueOf(key, at).length;
      return read;
    },
    close: () => client.destroy(),
  };
}

function toFeature(flag: Flag, segments: readonly Segment[]) {
  const shares = flag.variants.map(({ weight }) => weight / 100);
  const split = {
    key: flag.key,
    hashAttribute: "id",
    variations: [flag.value, ...flag.variants.map(({ value }) => value)],
    weights: [1 - shares.reduce((sum, share) => sum + share, 0), ...shares],
  };
  const overrides = flag.overrides.map(({ segmentId, value }) => ({
    condition: membership(segments.find(({ id }) => id === segmentId)),
    force: value,
  }));
  return { defaultValue: flag.value, rules: flag.variants.length > 0 ? [...overrides, split] : overrides };
}

/** The conditions themselves, as groups are lists of ids here. */
function membership(segment: Segment | undefined) {
  return Object.fromEntries(
    (segment?.rules ?? []).flatMap(({ conditions }) =>
      conditions.map((condition) =>
        translate<[string, object]>(condition, {
          isIn: (property, members) => [property, { $in: members }],
          isGreater: (property, than) => [property, { $gt: than }],
          isNot: (property, value) => [property, { $ne: value }],
        }),
      ),
    ),
  );
}
