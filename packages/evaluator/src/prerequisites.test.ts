import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply } from "./changes.ts";
import { explain } from "./explain.ts";
import { compile, evaluate, evaluateAll, type Flag, type Prerequisite } from "./index.ts";
import { anywhere, scenario } from "./testing/arbitraries.ts";
import { everything } from "./testing/everything.ts";
import { flag, identityOverride, override, segment, snapshot } from "./testing/world.ts";
import { dependentsOf, prerequisiteCycle } from "./validate.ts";

const requires = (...prerequisites: readonly (number | Prerequisite)[]): Pick<Flag, "prerequisites"> => ({
  prerequisites: prerequisites.map((it) => (typeof it === "number" ? { flagId: it, enabled: true } : it)),
});
const named = (id: number, given: Partial<Flag> = {}): Flag => flag({ id, key: `f${id}`, ...given });
const compiled = (...flags: readonly Flag[]) => compile(snapshot({ flags }));
const variants = [
  { id: 1, key: "a", value: "A", weight: 50 },
  { id: 2, key: "b", value: "B", weight: 50 },
];

describe("a prerequisite that is not met", () => {
  it.each<[string, Partial<Flag>, unknown]>([
    ["boolean", { valueType: "boolean" }, false],
    ["string", { valueType: "string", value: "kept" }, "kept"],
    ["json", { valueType: "json", value: { a: 1 } }, { a: 1 }],
  ])("turns a %s flag off, names it, and keeps the value as off keeps it", (_type, given, value) => {
    const environment = compiled(named(1, { enabled: false }), named(2, { ...given, ...requires(1) }));

    const answer = evaluate(environment, "f2", {});

    expect(answer).toEqual({ ...answer, enabled: false, reason: "DISABLED", prerequisite: "f1", value });
    expect(evaluate(environment, "f2", { attributes: { other: 1 } })).toBe(answer);
    expect(Object.isFrozen(answer)).toBe(true);
  });

  it("beats every override, the identity's own too", () => {
    const pro = segment([{ operator: "IS_SET", property: "plan", value: "" }]);
    const flags = [named(1, { enabled: false }), named(2, { ...requires(1), overrides: [override()] })];
    const identityOverrides = [{ identifier: "ada", overrides: [identityOverride({ flagId: 2 })] }];
    const environment = compile(snapshot({ flags, segments: [pro] }), { identityOverrides });

    const answers = [{ targetingKey: "ada" }, { attributes: { plan: "pro" } }].map((context) =>
      evaluate(environment, "f2", context),
    );

    expect(answers).toMatchObject([
      { enabled: false, value: "personal", source: "identity", prerequisite: "f1" },
      { enabled: false, value: "overridden", source: "segment", prerequisite: "f1" },
    ]);
  });

  it("is the first in their order", () => {
    const environment = compiled(named(1), named(2, { enabled: false }), named(3, requires(1, 2, 9)));

    expect(evaluate(environment, "f3", {}).prerequisite).toBe("f2");
  });
});

it("asks for on or off, and for a variant", () => {
  const environment = compiled(
    named(1, { variants }),
    named(2, requires({ flagId: 1, enabled: true, variant: "a" })),
    named(3, requires({ flagId: 1, enabled: true, variant: "b" })),
    named(4, requires({ flagId: 1, enabled: false })),
    named(5, requires({ flagId: 1, enabled: true, variant: "control" })),
  );

  for (const targetingKey of ["u1", "u2", "u3", "u4", "u5", "u6"]) {
    const { variant } = evaluate(environment, "f1", { targetingKey });
    const met = ["f2", "f3", "f4", "f5"].filter((key) => evaluate(environment, key, { targetingKey }).enabled);
    expect(met).toEqual([variant === "a" ? "f2" : "f3"]);
  }
});

it("counts a flag that its own prerequisite turns off as off", () => {
  const environment = compiled(
    named(1, { enabled: false }),
    named(2, requires(1)),
    named(3, requires({ flagId: 2, enabled: false })),
    named(4, requires(2)),
  );

  expect([...evaluateAll(environment, {}).values()].map(({ enabled }) => enabled)).toEqual([false, false, true, false]);
});

describe("a flag that can never be met", () => {
  it("is missing, and is named by its id", () => {
    const environment = compiled(named(1, requires({ flagId: 7, enabled: false })));

    expect(evaluate(environment, "f1", {})).toMatchObject({ enabled: false, prerequisite: "#7" });
  });

  it("is on a cycle, with all who are on it, but not those who only lead there or away", () => {
    const environment = compiled(
      named(1, requires(2)),
      named(2, requires(3)),
      named(3, requires(1)),
      named(4, requires(4)),
      named(5, requires({ flagId: 1, enabled: false })),
      named(6, requires({ flagId: 5, enabled: false })),
      named(7),
    );

    const answers = evaluateAll(environment, {});

    expect([...answers].filter(([, { enabled }]) => enabled).map(([key]) => key)).toEqual(["f6", "f7"]);
    expect(answers.get("f5")?.prerequisite).toBe("f1");
    for (const { key } of environment.snapshot.flags) expect(evaluate(environment, key, {})).toBe(answers.get(key));
  });
});

it("decides chains and circles of 10,000 flags", () => {
  const count = 10_000;
  const chain = Array.from({ length: count }, (_, i) => named(i + 1, i + 1 < count ? requires(i + 2) : { enabled: false }));
  const circle = chain.map((it) => ({ ...it, ...requires((it.id % count) + 1) }));

  expect(evaluate(compiled(...chain), "f1", {}).prerequisite).toBe("f2");
  expect(evaluate(compiled(...chain.slice(0, -1), named(count)), "f1", {}).enabled).toBe(true);
  expect(evaluateAll(compiled(...chain), {}).outcomes.every(({ enabled }) => !enabled)).toBe(true);
  expect(evaluateAll(compiled(...circle), {}).outcomes.every(({ enabled }) => !enabled)).toBe(true);
  expect(explain(compiled(...chain), "f1", {}).prerequisites).toMatchObject([{ flagKey: "f2", isMet: false }]);
  expect(prerequisiteCycle(circle)).toHaveLength(count);
});

it("follows changes of what is required", () => {
  const before = compiled(named(2, requires(5)), named(5));
  const off = { upserted: [named(5, { enabled: false })], removed: [] };

  const toggled = apply(before, { flags: off });
  const shifted = apply(before, { flags: { upserted: [named(1), named(3)], removed: [] } });
  const circled = apply(before, { flags: { upserted: [named(5, requires(2))], removed: [] } });
  const removed = apply(shifted, { flags: { upserted: [], removed: [5] } });
  const freed = apply(circled, { flags: { upserted: [named(5)], removed: [] } });

  expect([before, toggled, shifted, circled, removed, freed].map((it) => evaluate(it, "f2", {}).enabled)).toEqual([
    true,
    false,
    true,
    false,
    false,
    true,
  ]);
  expect(evaluate(removed, "f2", {}).prerequisite).toBe("#5");
});

it("decides a flag by what the others answer, in any environment", () => {
  fc.assert(
    fc.property(scenario(anywhere), ({ snapshot: given, identityOverrides, context }) => {
      const environment = compile(given, { identityOverrides, ...everything });
      const unbound = compile(
        { ...given, flags: given.flags.map((it) => ({ ...it, prerequisites: [] })) },
        { identityOverrides, ...everything },
      );
      const answers = evaluateAll(environment, context);
      const cyclic = new Set(given.flags.filter(({ id }) => isCyclic(given.flags, id)).map(({ id }) => id));

      for (const it of given.flags) {
        const failed = (it.prerequisites ?? []).find(({ flagId, enabled, variant }) => {
          const required = given.flags.find(({ id }) => id === flagId);
          const answer = required && answers.get(required.key);
          if (answer === undefined || cyclic.has(flagId)) return true;
          return answer.enabled !== enabled || (variant !== undefined && answer.variant !== variant);
        });
        const own = evaluate(unbound, it.key, context);
        const answer = answers.get(it.key)!;
        if (failed === undefined) expect(answer).toEqual(own);
        else expect(answer).toMatchObject({ enabled: false, reason: "DISABLED", source: own.source, variant: own.variant });
      }
    }),
    { numRuns: 2_000 },
  );
});

it("finds a circle by its keys, and who requires a flag", () => {
  const flags = [named(1, requires(2)), named(2, requires(3, 4)), named(3), named(4, requires(2)), named(5, requires(9))];

  expect(prerequisiteCycle(flags).toSorted()).toEqual(["f2", "f4"]);
  expect(prerequisiteCycle([named(1, requires(1))])).toEqual(["f1"]);
  expect(prerequisiteCycle(flags.slice(0, 3))).toEqual([]);
  expect(dependentsOf(flags, 2).map(({ key }) => key)).toEqual(["f1", "f4"]);
});

/** Whether a flag requires itself, over however many others. */
function isCyclic(flags: readonly Flag[], flagId: number): boolean {
  const seen = new Set<number>();
  const open = [flagId];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const { flagId: next } of flags.find((it) => it.id === id)?.prerequisites ?? []) {
      if (next === flagId) return true;
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  return false;
}
