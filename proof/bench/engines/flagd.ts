import type { Flag, Segment, Snapshot } from "@halyard/evaluator";
import { FlagdCore } from "@openfeature/flagd-core";
import type { Workload } from "../workloads.ts";
import { type Engine, textOf, translate } from "./engine.ts";

export const FLAGD = "@openfeature/flagd-core 4.0.1";

export function loadFlagd({ snapshot, contexts }: Workload): Engine {
  const core = new FlagdCore();
  core.setConfigurations(toFlagdDocument(snapshot));
  const users = contexts.map(({ targetingKey = "", attributes }) => ({ targetingKey, ...attributes }));
  return {
    name: FLAGD,
    one: (flagKey, at) => core.resolveStringEvaluation(flagKey, "", users[at]).value,
    all(at) {
      let read = 0;
      for (const { value } of core.resolveAll(users[at])) read += textOf(value).length;
      return read;
    },
  };
}

function toFlagdDocument({ flags, segments }: Snapshot): string {
  return JSON.stringify({
    $evaluators: Object.fromEntries(segments.map((segment) => [segment.key, membership(segment)])),
    flags: Object.fromEntries(flags.map((flag) => [flag.key, toFlag(flag, segments)])),
  });
}

function toFlag(flag: Flag, segments: readonly Segment[]) {
  const control = 100 - flag.variants.reduce((sum, { weight }) => sum + weight, 0);
  const split = [...flag.variants.map(({ key, weight }) => [key, weight]), ["control", control]];
  const overrides = flag.overrides.flatMap(({ id, segmentId }) => [
    { $ref: segments.find((segment) => segment.id === segmentId)?.key },
    `override-${id}`,
  ]);
  return {
    state: "ENABLED",
    defaultVariant: "control",
    variants: Object.fromEntries<unknown>([
      ["control", flag.value] as const,
      ...flag.overrides.map(({ id, value }) => [`override-${id}`, value] as const),
      ...flag.variants.map(({ key, value }) => [key ?? "", value] as const),
    ]),
    ...(flag.variants.length > 0 && { targeting: { fractional: split } }),
    ...(overrides.length > 0 && { targeting: { if: [...overrides, "control"] } }),
  };
}

function membership({ rules }: Segment) {
  return {
    and: rules.flatMap(({ conditions }) =>
      conditions.map((condition) =>
        translate<object>(condition, {
          isIn: (property, members) => ({ in: [{ var: property }, members] }),
          isGreater: (property, than) => ({ ">": [{ var: property }, than] }),
          isNot: (property, value) => ({ "!=": [{ var: property }, value] }),
        }),
      ),
    ),
  };
}
