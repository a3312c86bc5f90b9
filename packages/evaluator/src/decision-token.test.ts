import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionToken, explain, hashContext, parseDecisionToken } from "./explain.ts";
import { type Context, compile } from "./index.ts";
import { anywhere, scenario } from "./testing/arbitraries.ts";
import { everything } from "./testing/everything.ts";
import { flag, snapshot } from "./testing/world.ts";

it("is read as it was written, for any decision, and is the same for the same decision", () => {
  const word = fc.string({ unit: "binary", maxLength: 8 });
  fc.assert(
    fc.property(scenario(anywhere), word, ({ snapshot: given, identityOverrides, context }, position) => {
      const compiled = compile(given, { identityOverrides, ...everything });
      for (const { key } of given.flags) {
        const explanation = explain(compiled, key, context);

        const token = decisionToken(explanation, { position, context });

        expect(token).toMatch(/^[\w.:!~-]+$/);
        expect(decisionToken(explain(compiled, key, shuffled(context)), { position, context: shuffled(context) })).toBe(token);
        expect(parseDecisionToken(token)).toEqual({
          position,
          flagKey: key,
          contextHash: hashContext(context),
          now: context.now ?? null,
          place: explanation.steps.find((step) => step.decided)?.placement?.place ?? null,
          reason: explanation.evaluation.reason,
        });
      }
    }),
  );
});

it("stays as it is, so that tokens of yesterday can be read tomorrow", () => {
  const variants = [{ id: 1, key: "a", value: "A", weight: 50 }];
  const compiled = compile(snapshot({ flags: [flag({ variants })] }));
  const context = { targetingKey: "ada", attributes: { plan: "pro", beta: true, groups: ["x", 7], none: null }, now: 5 };

  expect(decisionToken(explain(compiled, "flag", context), { position: "e1:812:0a1b2c3d", context })).toMatchInlineSnapshot(
    `"1~e1:812:0a1b2c3d~flag~5192c9a1365b446c53ff5533792e62e2~5~41.07821564312862~SPLIT"`,
  );
});

describe("the hash of a context", () => {
  it("tells apart what conditions can tell apart", () => {
    const contexts: readonly Context[] = [
      {},
      { targetingKey: "" },
      { targetingKey: "a" },
      { attributes: { a: 1 } },
      { attributes: { a: "1" } },
      { attributes: { a: [1] } },
      { attributes: { a: true } },
      { attributes: { a: "true" } },
      { attributes: { a: 1, b: 2 } },
    ];

    expect(new Set(contexts.map(hashContext)).size).toBe(contexts.length);
  });

  it("does not tell apart what they cannot", () => {
    expect(hashContext({ attributes: { a: 1, b: null }, now: 5 })).toBe(hashContext({ attributes: { a: 1 } }));
  });
});

it.each([
  "",
  "1",
  "2~a~b~00000000000000000000000000000000~~~SPLIT",
  "1~a~b~short~~~SPLIT",
  `1~a~b~${"0".repeat(32)}~x~~SPLIT`,
  `1~a~b~${"0".repeat(32)}~~~OTHER`,
  `1~a~b~${"0".repeat(32)}~~~SPLIT~`,
])("is not %j", (text) => {
  expect(parseDecisionToken(text)).toBeUndefined();
});

function shuffled(context: Context): Context {
  const entries = Object.entries(context.attributes ?? {}).toReversed();
  return { ...context, ...(context.attributes && { attributes: Object.fromEntries(entries) }) };
}
