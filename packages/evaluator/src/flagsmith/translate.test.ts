import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttributeValue, type Condition, type Context, compile, evaluate, type Rule, segmentsOf } from "../index.ts";
import { re2Engine } from "../regex.ts";
import { anywhere, commonGround } from "../testing/arbitraries.ts";
import { everything } from "../testing/everything.ts";
import { askFlagsmith } from "../testing/flagsmith.ts";
import { flag, override, segment, snapshot } from "../testing/world.ts";
import { flagsmithObstacle, toFlagsmithRules } from "./index.ts";

const worded = (rules: readonly Rule[]) =>
  snapshot({ flags: [flag({ overrides: [override()] })], segments: [segment([], { rules })] });
const isIn = (rules: readonly Rule[], context: Context) => segmentsOf(compile(worded(rules), everything), context).length > 0;
/** With nothing but what Flagsmith has. */
const isInByFlagsmithsOperators = (rules: readonly Rule[], context: Context) =>
  segmentsOf(compile(worded(rules), { regex: re2Engine }), context).length > 0;

const rule = (condition: fc.Arbitrary<Condition>, depth: number): fc.Arbitrary<Rule> =>
  fc.record({
    type: fc.constantFrom("ALL", "ANY", "NONE"),
    conditions: fc.array(condition, { maxLength: 3 }),
    rules: depth === 0 ? fc.constant([]) : fc.array(rule(condition, depth - 1), { maxLength: 2 }),
  });

/** Conditions that are mostly about what is there. */
const text = fc.constantFrom(
  "pro",
  "PRO",
  "p",
  "o",
  "ΑΣ",
  "ας",
  "İs",
  "ﬀ",
  "a.b",
  "(^$)",
  "\\d",
  "k\u212a",
  "𐐀",
  "7",
  "-1.5",
  "true",
  "",
  "a\nb",
  "b\n",
);
const value = fc.oneof(
  text,
  text.map((it) => `${it}\n`),
  fc.tuple(text, text).map(([a, b]) => a + b),
  fc.constantFrom(7, -1.5, 0, 1e21, true, false),
);
const close: fc.Arbitrary<Condition> = fc.record(
  {
    operator: fc.constantFrom(
      "NOT_IN",
      "STARTS_WITH",
      "NOT_STARTS_WITH",
      "ENDS_WITH",
      "NOT_ENDS_WITH",
      "NOT_REGEX",
      "EQUAL",
      "NOT_EQUAL",
      "CONTAINS",
      "NOT_CONTAINS",
      "IN",
    ),
    property: fc.constantFrom("plan", "age"),
    value: text,
    ignoreCase: fc.boolean(),
  },
  { requiredKeys: ["operator", "property", "value"] },
);
/** The API takes no pattern that RE2 refuses. */
const isWritable = ({ operator, value }: Condition) => operator !== "NOT_REGEX" || re2Engine(String(value)) !== undefined;
const context: fc.Arbitrary<Context> = fc.record({ attributes: fc.record({ plan: value, age: value }, { requiredKeys: [] }) });

describe("rules in Flagsmith's operators", () => {
  it.each([
    ["near what they compare", close, context],
    ["of any kind", anywhere.condition.filter(isWritable), anywhere.context],
  ])("let in exactly those whom the rules let in: %s", (_what, condition, contexts) => {
    let translated = 0;
    fc.assert(
      fc.property(
        fc.array(rule(condition, 1), { minLength: 1, maxLength: 2 }),
        fc.array(contexts, { minLength: 1, maxLength: 8 }),
        (rules, them) => {
          const theirs = toFlagsmithRules(rules);
          if (theirs === undefined) return;
          translated++;

          for (const it of them) expect(isInByFlagsmithsOperators(theirs, it)).toBe(isIn(rules, it));
        },
      ),
      { numRuns: 5_000 },
    );
    expect(translated).toBeGreaterThan(100);
  });

  it("are the rules themselves where those are Flagsmith's", () => {
    fc.assert(
      fc.property(fc.array(rule(commonGround.condition, 2), { maxLength: 3 }), (rules) => {
        expect(toFlagsmithRules(rules)).toEqual(rules);
      }),
    );
  });

  it("mean the same to flagsmith-nodejs", () => {
    const plain = fc.constantFrom("pro", "Pro max", "free", "x.y", "tamaño", "TAMAÑO", "Ж");
    const condition = close
      .chain((it) => plain.map((wanted) => ({ ...it, property: "plan", value: wanted })))
      .filter(({ operator }) => operator !== "NOT_REGEX");
    fc.assert(
      fc.property(rule(condition, 1), plain, fc.boolean(), (given, plan, isSet) => {
        const asked = { targetingKey: "ada", attributes: isSet ? { plan } : {} };
        const rules = toFlagsmithRules([given]) ?? [];

        const theirs = askFlagsmith({ snapshot: worded(rules), identityOverrides: [], context: asked });

        expect(theirs.answers["flag"]?.value).toBe(evaluate(compile(worded([given]), everything), "flag", asked).value);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("what Flagsmith cannot say", () => {
  const one = (condition: Partial<Condition>): Rule[] =>
    segment([{ operator: "EQUAL", property: "x", value: "a", ...condition }]).rules as Rule[];

  it.each<Partial<Condition>>([
    { operator: "BEFORE", value: "2026-03-01" },
    { operator: "AFTER", property: "$.now", value: "2026-03-01" },
    { operator: "ON", value: "$.now" },
    { operator: "SEMVER_RANGE", value: "^1.2" },
    { elements: "any" },
    { operator: "CONTAINS", value: "1.2.3:semver", ignoreCase: true },
    { operator: "ENDS_WITH", value: "a\n" },
  ])("is %j", (condition) => {
    expect(toFlagsmithRules(one(condition))).toBeUndefined();
  });

  it.each<[string | undefined, Parameters<typeof flag>[0]]>([
    [undefined, {}],
    ["prerequisites", { prerequisites: [{ flagId: 2, enabled: true }] }],
    ["bucketBy", { overrides: [override({ bucketBy: "company", variants: [{ id: 1, key: "a", value: 1, weight: 50 }] })] }],
    [undefined, { bucketBy: "company" }],
    [undefined, { bucketBy: "$.identity.key", variants: [{ id: 1, key: "a", value: 1, weight: 50 }] }],
    ["segment", { overrides: [override({ segmentId: 2 })] }],
    [undefined, { overrides: [override({ segmentId: 1 })] }],
  ])("keeps a flag from its clients: %s", (obstacle, given) => {
    const segments = new Map([
      [1, segment([{ operator: "NOT_IN", property: "x", value: "a" }])],
      [2, segment([{ operator: "SEMVER_RANGE", property: "x", value: "1" }], { id: 2 })],
    ]);

    expect(flagsmithObstacle(flag(given), segments)).toBe(obstacle);
  });
});

it.each<[Partial<Condition>, AttributeValue, boolean]>([
  [{ operator: "STARTS_WITH", value: "a.b" }, "a.bc", true],
  [{ operator: "STARTS_WITH", value: "a.b" }, "axbc", false],
  [{ operator: "ENDS_WITH", value: "fé", ignoreCase: true }, "CAFÉ", true],
  [{ operator: "IN", value: ["Straße", "x"], ignoreCase: true }, "STRAẞE", true],
  [{ operator: "NOT_IN", value: ["a"] }, "b", true],
])("translates %j, which holds for %j: %s", (condition, x, expected) => {
  const rules = toFlagsmithRules(segment([{ operator: "EQUAL", property: "x", value: "", ...condition }]).rules) ?? [];

  expect(isInByFlagsmithsOperators(rules, { attributes: { x } })).toBe(expected);
});
