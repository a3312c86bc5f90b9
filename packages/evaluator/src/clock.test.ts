import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Condition, type Context, compile, evaluate, evaluateAll } from "./index.ts";
import { clockBoundaries, flagsByNow } from "./operators.ts";
import { anywhere, scenario } from "./testing/arbitraries.ts";
import { everything } from "./testing/everything.ts";
import { environment, flag, override, segment, snapshot, snapshotFor } from "./testing/world.ts";

const START = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;
const opens: Condition = { operator: "AFTER", property: "$.now", value: "2026-03-01" };
const trial: Condition = { operator: "AFTER", property: "trial_ends", value: "$.now" };

function isIn(condition: Condition, given: { readonly clock?: number; readonly context?: Context }): boolean {
  const { clock, context = {} } = given;
  const settings = clock === undefined ? environment : { ...environment, clock };
  return (
    evaluate(compile({ ...snapshotFor(condition), environment: settings }, everything), "flag", context).source === "segment"
  );
}

describe("$.now", () => {
  it("is the environment's clock against a constant, and the caller's now without one", () => {
    expect(isIn(opens, { clock: START + 1, context: { now: 0 } })).toBe(true);
    expect(isIn(opens, { clock: START, context: { now: START + DAY } })).toBe(false);
    expect(isIn(opens, { context: { now: START + 1 } })).toBe(true);
    expect(isIn(opens, {})).toBe(false);
  });

  it("is the caller's now against an attribute, and the clock without one", () => {
    const attributes = { trial_ends: "2026-03-01" };

    expect(isIn(trial, { clock: START + DAY, context: { attributes, now: START - 1 } })).toBe(true);
    expect(isIn(trial, { clock: START - 1, context: { attributes, now: START } })).toBe(false);
    expect(isIn(trial, { clock: START - 1, context: { attributes } })).toBe(true);
    expect(isIn(trial, { context: { attributes } })).toBe(false);
  });

  it("is no attribute, and no moment that is none", () => {
    expect(isIn(opens, { context: { attributes: { "$.now": "2027-01-01" } } })).toBe(false);
    for (const now of [Number.NaN, Infinity, "2027-01-01" as unknown as number])
      expect(isIn(opens, { context: { now } })).toBe(false);
  });
});

const constant = fc.record({
  operator: fc.constantFrom("BEFORE", "AFTER", "ON"),
  property: fc.constant("$.now"),
  value: fc.constantFrom("2026-03-01", "2026-03-01T09:00:00Z", "2026-02-28T23:59:59.999Z", "1969-12-31T12:00:00Z", "soon"),
} as const);

it("changes its verdict at the boundaries and nowhere else", () => {
  fc.assert(
    fc.property(constant, fc.integer({ min: START - 2 * DAY, max: START + 2 * DAY }), (condition, at) => {
      const boundaries = clockBoundaries(snapshotFor(condition));

      for (const boundary of boundaries)
        expect(isIn(condition, { clock: boundary })).not.toBe(isIn(condition, { clock: boundary - 1 }));
      if (!boundaries.includes(at)) expect(isIn(condition, { clock: at })).toBe(isIn(condition, { clock: at - 1 }));
    }),
  );
});

it("lists the boundaries of all rules once, ascending", () => {
  const conditions: Condition[] = [
    opens,
    { ...opens, operator: "ON" },
    { ...opens, operator: "BEFORE", value: "2026-02-01" },
    trial,
    { ...trial, operator: "ON", value: "2026-03-01" },
  ];
  const nested = segment([], {
    id: 2,
    rules: [{ type: "NONE", conditions: [], rules: [{ type: "ALL", conditions: [opens], rules: [] }] }],
  });

  expect(clockBoundaries(snapshot({ segments: [segment(conditions), nested] }))).toEqual([
    Date.UTC(2026, 1, 1),
    START,
    START + 1,
    START + DAY,
  ]);
});

it("names the flags that depend on now, with those that require them", () => {
  const named = (id: number, given: Partial<Parameters<typeof flag>[0]> = {}) => flag({ id, key: `f${id}`, ...given });
  const given = snapshot({
    segments: [segment([trial]), segment([opens], { id: 2 }), segment([], { id: 3 })],
    flags: [
      named(1, { overrides: [override({ segmentId: 1 })] }),
      named(2, { overrides: [override({ segmentId: 2 })] }),
      named(3, { overrides: [override({ segmentId: 3 })] }),
      named(4, { prerequisites: [{ flagId: 5, enabled: true }] }),
      named(5, { prerequisites: [{ flagId: 1, enabled: true }] }),
    ],
  });

  expect([...flagsByNow(given)].toSorted()).toEqual(["f1", "f2", "f4", "f5"]);
  expect([...flagsByNow({ ...given, environment: { ...environment, clock: START } })].toSorted()).toEqual(["f1", "f4", "f5"]);
  expect(flagsByNow(snapshot())).toEqual(new Set());
});

it("gives any other flag one answer, whenever it is asked", () => {
  fc.assert(
    fc.property(scenario(anywhere), fc.integer(), fc.integer(), (given, a, b) => {
      const compiled = compile(given.snapshot, { identityOverrides: given.identityOverrides, ...everything });
      const dependent = flagsByNow(given.snapshot);
      const [early, late] = [a, b].map((now) => evaluateAll(compiled, { ...given.context, now }));

      for (const { key } of given.snapshot.flags) if (!dependent.has(key)) expect(early?.get(key)).toBe(late?.get(key));
    }),
    { numRuns: 1_000 },
  );
});
