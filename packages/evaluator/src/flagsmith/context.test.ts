import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { getEvaluationResult } from "../../../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/index.js";
import { bucket, compile, evaluateAll, segmentsOf } from "../index.ts";
import { re2Engine } from "../regex.ts";
import { commonGround, scenario } from "../testing/arbitraries.ts";
import { damage } from "../testing/damage.ts";
import { inFlagsmithsWords, toFlagsmith } from "../testing/flagsmith.ts";
import { evaluateFlagsmithContext } from "./index.ts";

it("answers as Flagsmith's own engine wherever its two engines agree", () => {
  fc.assert(
    fc.property(scenario(commonGround), (given) => {
      const context = toFlagsmith(given);

      const ours = evaluateFlagsmithContext(context, { regex: re2Engine });

      const theirs = getEvaluationResult(context as unknown as Parameters<typeof getEvaluationResult>[0]);
      expect(ours.segments.map(({ name }) => name)).toEqual(theirs.segments.map(({ name }) => name));
      for (const [name, { enabled, value, reason }] of Object.entries(theirs.flags))
        expect(ours.flags[name]).toMatchObject({ name, enabled, value: value, reason });
      expect(Object.keys(ours.flags)).toEqual(Object.keys(theirs.flags));
    }),
    { numRuns: 2_000 },
  );
});

it("answers as Halyard's snapshots do, with the variants that Flagsmith's own package leaves out", () => {
  fc.assert(
    fc.property(scenario(commonGround), (given) => {
      const environment = compile(given.snapshot, { identityOverrides: given.identityOverrides, regex: re2Engine });

      const { flags, segments } = evaluateFlagsmithContext(toFlagsmith(given), { regex: re2Engine });

      const answers = evaluateAll(environment, given.context);
      for (const { key, valueType } of given.snapshot.flags) {
        const answer = answers.get(key)!;
        if (valueType !== "boolean")
          expect(flags[key]).toEqual({ name: key, variant: answer.variant, ...inFlagsmithsWords(answer) });
      }
      const named = segments.map(({ name }) => name).filter((name) => name !== "identity_overrides");
      expect(named).toEqual(segmentsOf(environment, given.context).map(({ name }) => name));
    }),
    { numRuns: 1_000 },
  );
});

const feature = { key: "1", name: "f", enabled: true, value: "own" };
const matching = { type: "ALL", conditions: [], rules: [] };

describe("the context's own rules", () => {
  it("use the identity's key where there is one", () => {
    const variants = [
      { value: "a", weight: 50, priority: 2, key: "a" },
      { value: "b", weight: 50, priority: 1 },
    ];
    const ask = (identity: object | null) =>
      evaluateFlagsmithContext({ environment: { key: "e", name: "E" }, identity, features: { f: { ...feature, variants } } })
        .flags["f"];

    // Place 84.97 of 1,1: behind b, which is first by its priority.
    expect(ask({ identifier: "x", key: "1" })).toEqual({
      name: "f",
      enabled: true,
      value: "a",
      reason: "SPLIT; weight=50",
      variant: "a",
    });
    expect(ask({ identifier: "u1", key: "" })?.variant).toBe(bucket(["1", "e_u1"]) < 50 ? null : "a");
    expect(ask(null)).toMatchObject({ value: "own", reason: "DEFAULT", variant: null });
  });

  it("let the first of the lowest priority win, and hand metadata through", () => {
    const segment = (name: string, priority?: number) => ({
      key: name,
      name,
      rules: [matching],
      metadata: { id: name },
      overrides: [{ ...feature, value: name, ...(priority !== undefined && { priority }) }],
    });

    const result = evaluateFlagsmithContext({
      environment: { key: "e", name: "E" },
      features: { f: { ...feature, metadata: { id: 1 } } },
      segments: {
        a: segment("a"),
        b: segment("b", 2),
        c: segment("c", 1),
        d: segment("d", 1),
        e: { key: "e", name: "e", rules: [] },
      },
    });

    expect(result.flags["f"]).toMatchObject({ value: "c", reason: "TARGETING_MATCH; segment=c" });
    expect(result.segments).toEqual(["a", "b", "c", "d"].map((name) => ({ name, metadata: { id: name } })));
  });

  it("are false for operators and types of rules that Flagsmith has not", () => {
    const ask = (rule: object) =>
      evaluateFlagsmithContext({ segments: { s: { key: "1", name: "s", rules: [rule] } } }).segments.length;

    expect(ask({ ...matching, conditions: [{ operator: "STARTS_WITH", property: "$.environment.name", value: "" }] })).toBe(0);
    expect(ask({ ...matching, conditions: [{ operator: "toString", property: "x", value: "" }] })).toBe(0);
    expect(ask({ ...matching, type: "SOME" })).toBe(0);
    expect(ask(matching)).toBe(1);
  });
});

it("never throws", () => {
  const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, withSparseArray: true });
  fc.assert(
    fc.property(scenario(commonGround), fc.nat(), anything, (given, place, replacement) => {
      const context: unknown = damage(JSON.parse(JSON.stringify(toFlagsmith(given))), place, replacement);

      for (const it of [context, replacement, { features: replacement, segments: replacement }]) {
        const { flags, segments } = evaluateFlagsmithContext(it, { regex: re2Engine });
        expect(segments).toBeInstanceOf(Array);
        for (const answer of Object.values(flags)) expect(typeof answer.reason).toBe("string");
      }
    }),
    { numRuns: 1_000 },
  );
  const trap = {
    get features(): unknown {
      throw new Error("not today");
    },
  };
  expect(evaluateFlagsmithContext(trap)).toEqual({ flags: {}, segments: [] });
  let deep: object = matching;
  for (let depth = 0; depth < 100_000; depth++) deep = { ...matching, rules: [deep] };
  expect(evaluateFlagsmithContext({ segments: { s: { key: "1", name: "s", rules: [deep] } } }).segments).toEqual([]);
});
