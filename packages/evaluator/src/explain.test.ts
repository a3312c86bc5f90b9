import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConditionTrace, type Explanation, explain, type RuleTrace, type Step } from "./explain.ts";
import { compile, evaluate, MAX_RULE_DEPTH, type Rule, segmentsOf } from "./index.ts";
import { anywhere, scenario } from "./testing/arbitraries.ts";
import { everything } from "./testing/everything.ts";
import { environment, flag, identityOverride, override, segment, snapshot, snapshotFor } from "./testing/world.ts";

/** `npm run test:deep` makes a million explanations. */
const isDeep = import.meta.env.MODE === "deep";
const CONTEXTS = isDeep ? 20 : 5;
const SCENARIOS = isDeep ? 24_000 : 1_000;
/** Scenarios times contexts times the flags of a scenario, 1 to 4. */
const EXPLANATIONS = isDeep ? 1_000_000 : 10_000;

const quantified = (type: RuleTrace["type"], parts: readonly { readonly matches: boolean }[]): boolean => {
  if (parts.length === 0) return true;
  if (type === "ALL") return parts.every((part) => part.matches);
  return parts.some((part) => part.matches) === (type === "ANY");
};

const toVerdict = (matches: boolean) => ({ matches });

function checkCondition({ condition, given, matches, elements, split }: ConditionTrace): void {
  const isSplit = condition.operator === "PERCENTAGE_SPLIT" && given !== null;
  expect(split !== null).toBe(isSplit);
  if (split !== null) expect(matches).toBe(split.limit !== null && split.place <= split.limit);
  if (condition.operator === "IS_SET") expect(matches).toBe(given !== null);
  else if (condition.operator === "IS_NOT_SET") expect(matches).toBe(given === null);
  else if (given === null) expect(matches).toBe(false);
  else if (elements !== null)
    expect(matches).toBe(quantified(condition.elements === "any" ? "ANY" : "ALL", elements.map(toVerdict)));
}

function checkRule(rule: RuleTrace): void {
  expect(rule.matches).toBe(quantified(rule.type, rule.conditions) && quantified(rule.type, rule.rules));
  rule.conditions.forEach(checkCondition);
  rule.rules.forEach(checkRule);
}

function checkStep(step: Step): void {
  if (step.source === "segment") {
    expect(step.applies).toBe(step.rules.length > 0 && step.rules.every((rule) => rule.matches));
    step.rules.forEach(checkRule);
  }
  const { place, arms } = step.placement ?? { place: Number.NaN, arms: [] };
  for (const arm of arms) expect(arm.isHit).toBe(arm.from <= place && place < arm.below);
}

function checkDecision({ steps, prerequisites, evaluation }: Explanation): void {
  const decided = steps.filter((step) => step.decided);
  expect(decided).toEqual([steps.find((step) => step.applies)]);
  const [step] = decided;
  expect(step?.source).toBe(evaluation.source);
  if (step?.source === "segment") expect(step.segment.name).toBe(evaluation.segment);
  const failed = prerequisites.find(({ isMet }) => !isMet);
  expect(evaluation.prerequisite).toBe(failed?.flagKey);
  if (failed) expect(evaluation).toMatchObject({ enabled: false, reason: "DISABLED" });
  if (!step?.placement) return;
  const hit = step.placement.arms.filter((arm) => arm.isHit);
  expect(hit.length > 0).toBe(evaluation.weight !== undefined);
  expect(hit.length > 0 ? hit.map((arm) => arm.variant) : ["control"]).toEqual([evaluation.variant]);
}

describe("for any flag, segments and context", () => {
  it("comes to the very answer of evaluate, by verdicts that follow from their parts", () => {
    let explanations = 0;
    fc.assert(
      fc.property(
        scenario(anywhere),
        fc.array(anywhere.context, { minLength: CONTEXTS, maxLength: CONTEXTS }),
        (given, contexts) => {
          const compiled = compile(given.snapshot, { identityOverrides: given.identityOverrides, ...everything });
          for (const context of contexts) {
            const inSegments = new Set(segmentsOf(compiled, context));
            for (const { key } of given.snapshot.flags) {
              const explanation = explain(compiled, key, context);

              explanations++;
              expect(explanation.evaluation).toBe(evaluate(compiled, key, context));
              checkDecision(explanation);
              explanation.steps.forEach(checkStep);
              for (const step of explanation.steps)
                if (step.source === "segment") expect(step.applies).toBe(inSegments.has(step.segment));
            }
          }
        },
      ),
      { numRuns: SCENARIOS },
    );
    expect(explanations).toBeGreaterThan(EXPLANATIONS);
  }, 1_800_000);
});

const pro = { operator: "EQUAL", property: "plan", value: "pro" } as const;
const most = { operator: "PERCENTAGE_SPLIT", property: "", value: "80" } as const;

it("shows what each condition compared, where each split fell, and which override decided", () => {
  const strong = segment([pro, most], { id: 1, name: "Most of the pros", seed: "7" });
  const weak = segment([{ operator: "IS_SET", property: "plan", value: "" }], { id: 2, name: "With a plan", seed: "8" });
  const variants = [
    { id: 1, key: "small", value: "s", weight: 40 },
    { id: 2, key: "large", value: "l", weight: 60 },
  ];
  const overrides = [
    override({ id: 1, segmentId: 2, priority: 1, variants }),
    override({ id: 2, segmentId: 1, priority: 0, value: "most" }),
  ];
  const compiled = compile(snapshot({ flags: [flag({ overrides })], segments: [strong, weak] }));
  const context = { targetingKey: "ada", attributes: { plan: "free" } };

  const { steps, evaluation } = explain(compiled, "flag", context);

  expect(evaluation).toBe(evaluate(compiled, "flag", context));
  expect(steps.map((step) => [step.source, step.applies, step.decided])).toEqual([
    ["identity", false, false],
    ["segment", false, false],
    ["segment", true, true],
    ["environment", true, false],
  ]);
  const place: unknown = expect.closeTo(76.6553, 4);
  expect(steps[1]).toMatchObject({
    segment: { name: "Most of the pros" },
    placement: null,
    rules: [
      {
        type: "ALL",
        matches: false,
        conditions: [
          { condition: pro, given: "free", matches: false, split: null },
          { condition: most, given: "env_key_ada", matches: true, split: { place, limit: 80 } },
        ],
      },
    ],
  });
  expect(steps[2]?.placement?.arms).toMatchObject([
    { variant: "small", from: 0, below: 40 },
    { variant: "large", from: 40, below: 100 },
  ]);
  expect(steps[2]?.placement?.arms.filter((arm) => arm.isHit).map((arm) => arm.variant)).toEqual([evaluation.variant]);
});

it("says of an identity's own override that it decided, and still what the segments would have done", () => {
  const identityOverrides = [{ identifier: "ada", overrides: [identityOverride()] }];
  const compiled = compile(snapshotFor(pro), { identityOverrides });

  const { steps } = explain(compiled, "flag", { targetingKey: "ada", attributes: { plan: "pro" } });

  expect(steps).toMatchObject([
    { source: "identity", applies: true, decided: true },
    { source: "segment", applies: true, decided: false, rules: [{ matches: true }] },
    { source: "environment", applies: true, decided: false },
  ]);
});

it("hits one of two variants that are alike", () => {
  const twin = { key: null, value: "x", weight: 50 };
  const twins = [
    { id: 1, ...twin },
    { id: 2, ...twin },
  ];
  const compiled = compile(snapshot({ flags: [flag({ variants: twins })] }));

  const { steps } = explain(compiled, "flag", { targetingKey: "ada" });

  expect(steps.at(-1)?.placement?.arms.filter((arm) => arm.isHit)).toHaveLength(1);
});

it("has no steps for an unknown flag or a context that throws, and evaluate's answer all the same", () => {
  const compiled = compile(snapshotFor(pro));
  const attributes = {
    get plan(): string {
      throw new Error("not today");
    },
  };

  expect(explain(compiled, "none", {})).toEqual({
    flagKey: "none",
    steps: [],
    prerequisites: [],
    evaluation: evaluate(compiled, "none", {}),
  });
  expect(explain(compiled, "flag", { attributes })).toMatchObject({ steps: [], evaluation: { errorCode: "GENERAL" } });
});

it("walks no rules that are nested too deep", () => {
  let rule: Rule = { type: "NONE", conditions: [], rules: [] };
  for (let depth = 0; depth < MAX_RULE_DEPTH * 1_000; depth++) rule = { type: "NONE", conditions: [], rules: [rule] };
  const compiled = compile(snapshot({ flags: [flag({ overrides: [override()] })], segments: [segment([], { rules: [rule] })] }));

  expect(explain(compiled, "flag", {}).steps[1]).toMatchObject({ applies: false, rules: [] });
});

it("shows moments, elements of lists, and what a rollout is by", () => {
  const lately = { operator: "AFTER", property: "seen", value: "$.now" } as const;
  const opened = { operator: "AFTER", property: "$.now", value: "2026-03-01" } as const;
  const beta = { operator: "IN", property: "groups", value: ["BETA"], ignoreCase: true, elements: "any" } as const;
  const variants = [{ id: 1, key: "a", value: "A", weight: 100 }];
  const flags = [flag({ overrides: [override({ bucketBy: "company", variants })] })];
  const clock = Date.UTC(2026, 2, 2);
  const compiled = compile(
    snapshot({ environment: { ...environment, clock }, flags, segments: [segment([lately, opened, beta])] }),
    everything,
  );
  const attributes = { seen: "2026-03-05", groups: ["x", 7, null, "beta"], company: "acme" };

  const { steps } = explain(compiled, "flag", { attributes, now: Date.UTC(2026, 2, 4) });

  expect(steps[1]).toMatchObject({
    decided: true,
    placement: { by: "company", arms: [{ variant: "a", isHit: true }] },
    rules: [
      {
        conditions: [
          { given: "2026-03-05", matches: true, moments: { given: Date.UTC(2026, 2, 5), bound: Date.UTC(2026, 2, 4) } },
          { given: clock, matches: true, moments: { given: clock, bound: Date.UTC(2026, 2, 1) } },
          { given: ["x", 7, null, "beta"], matches: true, elements: [false, false, false, true], moments: null },
        ],
      },
    ],
  });
});

it("shows each prerequisite with what it answers, also those that nothing can meet", () => {
  const flags = [
    flag({
      prerequisites: [
        { flagId: 2, enabled: true, variant: "control" },
        { flagId: 9, enabled: false },
        { flagId: 3, enabled: true },
      ],
    }),
    flag({ id: 2, key: "other", enabled: false }),
    flag({ id: 3, key: "round", prerequisites: [{ flagId: 3, enabled: true }] }),
  ];
  const compiled = compile(snapshot({ flags }));

  const { prerequisites, evaluation } = explain(compiled, "flag", {});

  expect(prerequisites).toEqual([
    {
      prerequisite: { flagId: 2, enabled: true, variant: "control" },
      flagKey: "other",
      evaluation: evaluate(compiled, "other", {}),
      isMet: false,
    },
    { prerequisite: { flagId: 9, enabled: false }, flagKey: "#9", evaluation: null, isMet: false },
    { prerequisite: { flagId: 3, enabled: true }, flagKey: "round", evaluation: null, isMet: false },
  ]);
  expect(evaluation.prerequisite).toBe("other");
});
