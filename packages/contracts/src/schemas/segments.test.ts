import type { Condition, Rule, Snapshot } from "@halyard/evaluator";
import { anywhere } from "@halyard/evaluator/testing";
import { parseSnapshot } from "@halyard/evaluator/validate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { condition, rules } from "./segments.ts";

const rule = (depth: number): fc.Arbitrary<Rule> =>
  fc.record({
    type: fc.constantFrom("ALL", "ANY", "NONE"),
    conditions: fc.array(anywhere.condition, { maxLength: 2 }),
    rules: depth === 0 ? fc.constant([]) : fc.array(rule(depth - 1), { maxLength: 2 }),
  });

it("lets nothing pass that the evaluator's own reader refuses or reads as something else", () => {
  let passed = 0;
  fc.assert(
    fc.property(fc.oneof(fc.array(rule(2), { maxLength: 2 }), fc.anything()), (given) => {
      const read = rules.safeParse(given);
      if (!read.success) return;
      passed++;

      const written = JSON.parse(JSON.stringify(snapshotOf(read.data))) as Snapshot;

      expect(parseSnapshot(written)).toEqual({ ok: true, snapshot: written });
    }),
    { numRuns: 5_000 },
  );
  expect(passed).toBeGreaterThan(500);
});

describe("a condition", () => {
  const ok = (given: Partial<Condition>) => condition.safeParse({ operator: "EQUAL", property: "x", value: "1", ...given });

  it.each<Partial<Condition>>([
    { operator: "NOT_IN", value: ["a", "b"], ignoreCase: true, elements: "any" },
    { operator: "BEFORE", property: "$.now", value: "2026-03-01" },
    { operator: "AFTER", value: "2026-03-01T09:00:00+02:00" },
    { operator: "ON", value: "$.now", elements: "all" },
    { operator: "SEMVER_RANGE", value: "^1.2 || >=3.0.0-rc.1 <4" },
    { operator: "NOT_REGEX", value: "(?i)^pro" },
  ])("may be %j", (given) => {
    expect(ok(given).success).toBe(true);
  });

  it.each<[keyof Condition, Partial<Condition>]>([
    ["value", { operator: "STARTS_WITH", value: ["a"] }],
    ["value", { operator: "BEFORE", value: "tomorrow" }],
    ["value", { operator: "BEFORE", value: "2026-02-30" }],
    ["value", { operator: "BEFORE", value: "2026-03-01T09:00" }],
    ["value", { operator: "BEFORE", property: "$.now", value: "$.now" }],
    ["value", { operator: "SEMVER_RANGE", value: "latest" }],
    ["value", { operator: "SEMVER_RANGE", value: "" }],
    ["property", { operator: "EQUAL", property: "$.now" }],
    ["ignoreCase", { operator: "GREATER_THAN", ignoreCase: true }],
    ["ignoreCase", { operator: "REGEX", ignoreCase: false }],
    ["elements", { operator: "PERCENTAGE_SPLIT", elements: "any" }],
    ["elements", { elements: "some" as "any" }],
  ])("names %s of what it may not be: %j", (member, given) => {
    expect(ok(given).error?.issues.map(({ path }) => path)).toEqual([[member]]);
  });
});

function snapshotOf(given: readonly Rule[]): Snapshot {
  return {
    environment: {
      id: 1,
      name: "Production",
      bucketingKey: "key",
      project: { id: 1, name: "Shop" },
      organisation: { id: 1, name: "Acme" },
      hideDisabledFlags: false,
      allowClientTraits: true,
      hideSensitiveData: false,
    },
    flags: [],
    segments: [{ id: 1, key: "s", name: "S", seed: "1", rules: given }],
  };
}
