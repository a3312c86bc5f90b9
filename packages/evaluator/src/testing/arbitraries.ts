import fc from "fast-check";
import type { Flag, FlagState, IdentityOverrides, Prerequisite, Segment, Snapshot } from "../model.ts";
import { type Condition, type Context, RULE_TYPES, type Rule } from "../model.ts";
import { type Ground, IDENTIFIERS, moment } from "./grounds.ts";
import { environment, flag, identityOverride, override } from "./world.ts";

export { anywhere, commonGround, identifier } from "./grounds.ts";

/** Everything an evaluation needs. */
export interface Scenario {
  readonly snapshot: Snapshot;
  readonly identityOverrides: readonly IdentityOverrides[];
  readonly context: Context;
}

const weights = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }).map((list) => {
  const sum = list.reduce((total, weight) => total + weight, 0);
  return sum <= 100 ? list : list.map((weight) => (weight * 100) / sum / 1.001);
});

type Beyond = Pick<Ground, "beyondFlagsmith">;

const state = (label: string, { beyondFlagsmith }: Beyond): fc.Arbitrary<FlagState> =>
  fc.record(
    {
      enabled: fc.boolean(),
      value: fc.constantFrom(label, "", 7, true, null),
      variants: weights.map((list) =>
        list.map((weight, i) => ({ id: i + 1, key: i === 2 ? null : `v${i}`, value: `${label}-${i}`, weight })),
      ),
      seed: fc.nat(9_999).map(String),
      ...(beyondFlagsmith && { bucketBy: fc.constantFrom("plan", "age", "$.identity.identifier", "__proto__") }),
    },
    { requiredKeys: ["enabled", "value", "variants", "seed"] },
  );

const prerequisites: fc.Arbitrary<readonly Prerequisite[]> = fc.array(
  fc.record(
    { flagId: fc.integer({ min: 1, max: 5 }), enabled: fc.boolean(), variant: fc.constantFrom("v0", "v1", "control") },
    { requiredKeys: ["flagId", "enabled"] },
  ),
  { maxLength: 2 },
);

const rule = (condition: fc.Arbitrary<Condition>, depth: number): fc.Arbitrary<Rule> =>
  fc.record({
    type: fc.constantFrom(...RULE_TYPES),
    conditions: fc.array(condition, { maxLength: 3 }),
    rules: depth === 0 ? fc.constant([]) : fc.array(rule(condition, depth - 1), { maxLength: 2 }),
  });

const segments = (condition: fc.Arbitrary<Condition>): fc.Arbitrary<Segment[]> =>
  fc
    .array(
      fc.record(
        { seed: fc.nat(9_999).map(String), rules: fc.array(rule(condition, 2), { maxLength: 2 }), version: fc.nat(9) },
        { requiredKeys: ["seed", "rules"] },
      ),
      { maxLength: 4 },
    )
    .map((list) => list.map((given, i) => ({ id: i + 1, key: `s${i}`, name: `segment ${i}`, ...given })));

const flags = (beyond: Beyond): fc.Arbitrary<Flag[]> =>
  fc
    .array(
      fc.record(
        {
          valueType: fc.constantFrom("boolean", "string", "number", "json"),
          own: state("own", beyond),
          overrides: fc.uniqueArray(fc.record({ segmentId: fc.integer({ min: 1, max: 4 }), state: state("override", beyond) }), {
            maxLength: 3,
            selector: ({ segmentId }) => segmentId,
          }),
          ...(beyond.beyondFlagsmith && { prerequisites }),
        },
        { requiredKeys: ["valueType", "own", "overrides"] },
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((list) =>
      list.map(({ own, overrides, ...given }, i) =>
        flag({
          id: i + 1,
          key: `flag-${i}`,
          ...given,
          ...own,
          overrides: overrides.map(({ segmentId, state }, priority) =>
            override({ id: priority + 1, segmentId, priority, ...state }),
          ),
        }),
      ),
    );

const identityOverrides = (beyond: Beyond): fc.Arbitrary<IdentityOverrides[]> =>
  fc.uniqueArray(
    fc.record({
      identifier: fc.constantFrom(...IDENTIFIERS),
      overrides: fc
        .uniqueArray(fc.record({ flagId: fc.integer({ min: 1, max: 4 }), state: state("personal", beyond) }), {
          minLength: 1,
          maxLength: 2,
          selector: ({ flagId }) => flagId,
        })
        .map((list) => list.map(({ flagId, state }, i) => identityOverride({ id: i + 1, flagId, ...state }))),
    }),
    { maxLength: 2, selector: ({ identifier }) => identifier },
  );

export function scenario(ground: Ground): fc.Arbitrary<Scenario> {
  const clock = fc.option(
    moment.map((at) => ({ ...environment, clock: at })),
    { nil: environment },
  );
  const snapshot = fc.record({
    environment: ground.beyondFlagsmith ? clock : fc.constant(environment),
    flags: flags(ground),
    segments: segments(ground.condition),
  });
  return fc.record({ snapshot, identityOverrides: identityOverrides(ground), context: ground.context });
}
