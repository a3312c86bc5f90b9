import fc from "fast-check";
import { expect, it } from "vitest";
import { type Context, compile, evaluate, evaluateAll, needsRegex, type Rule, segmentsOf } from "./index.ts";
import { anywhere, scenario } from "./testing/arbitraries.ts";
import { everything } from "./testing/everything.ts";
import { flag, override, segment, snapshot, snapshotFor } from "./testing/world.ts";
import { parseSnapshot } from "./validate.ts";

/** How many cases of the first property: CI and everyone's `npm test`. */
const CASES = 100_000;
/** Contexts that each snapshot is asked with; each is a case. */
const CONTEXTS = 20;

const anything = fc.anything({
  maxDepth: 2,
  maxKeys: 3,
  withBigInt: true,
  withNullPrototype: true,
  withObjectString: true,
  withDate: true,
  withMap: true,
  withSparseArray: true,
});
const text = fc.constantFrom("pro", "\ud800", "constructor", "__proto__", "7", "2026-03-01", "");
const list = fc.constantFrom<unknown>(
  ["pro", null, {}],
  [Number.NaN],
  new Array(2 ** 32 - 1),
  Array.from({ length: 10_001 }, () => "pro"),
);
const trap = Object.defineProperty({}, "plan", {
  enumerable: true,
  get() {
    throw new Error("not today");
  },
});
const member = fc.oneof(text, fc.constantFrom<unknown>(Number.NaN, Infinity, -0, 2n, null, undefined), list, anything);
const attributes = fc.oneof(
  fc.dictionary(fc.constantFrom("plan", "age", "__proto__", "constructor", "$.now"), member, { maxKeys: 3 }),
  fc.constant<unknown>(trap),
  anything,
);
const hostile = fc.oneof(fc.record({ targetingKey: member, attributes, now: member }, { requiredKeys: [] }), anything);

/** Flags in a chain, a circle, and one that requires what is not there. */
const tangle = fc.array(fc.array(fc.nat(5), { maxLength: 2 }), { minLength: 1, maxLength: 5 });

it("answers every flag, one by one and together, whatever the context is", () => {
  let cases = 0;
  fc.assert(
    fc.property(
      scenario(anywhere),
      tangle,
      fc.array(hostile, { minLength: CONTEXTS, maxLength: CONTEXTS }),
      (given, required, contexts) => {
        const { snapshot: document, identityOverrides } = given;
        const tangled = required.map((ids, i) =>
          flag({ id: 10 + i, key: `tangled-${i}`, prerequisites: ids.map((id) => ({ flagId: 10 + id, enabled: id % 2 === 0 })) }),
        );
        const flags = [...document.flags, ...tangled];
        const compiled = compile({ ...document, flags }, { identityOverrides, ...everything });
        for (const it of contexts) {
          const context = it as Context;
          cases++;
          const answers = evaluateAll(compiled, context);
          if (answers.size !== flags.length || !Array.isArray(segmentsOf(compiled, context)))
            throw new Error("a flag has no answer");
          for (const [i, { key }] of flags.entries()) {
            // Not by `expect`, which would take most of the time.
            if (answers.outcomes[i] === evaluate(compiled, key, context)) continue;
            if (answers.outcomes[i]?.errorCode !== "GENERAL") throw new Error(`${key} has two answers`);
          }
        }
      },
    ),
    { numRuns: CASES / CONTEXTS },
  );
  expect(cases).toBe(CASES);
});

it("answers with an error where reading the context throws, and only for the flags that read it", () => {
  const document = snapshot({
    flags: [flag({ overrides: [override()] }), flag({ id: 2, key: "other" })],
    segments: [segment([{ operator: "IS_SET", property: "plan", value: "" }])],
  });
  const compiled = compile(document);
  const attributes = {
    get plan(): string {
      throw new Error("not today");
    },
  };

  const all = evaluateAll(compiled, { attributes });

  expect(all.get("flag")).toMatchObject({ enabled: false, value: null, reason: "ERROR", errorCode: "GENERAL" });
  expect(all.get("other")).toMatchObject({ value: "off-the-shelf", reason: "DEFAULT" });
  expect(evaluate(compiled, "flag", { attributes }).errorCode).toBe("GENERAL");
  expect(segmentsOf(compiled, { attributes })).toEqual([]);
});

it("is not confused by a context whose getter evaluates in turn", () => {
  const compiled = compile(snapshotFor({ operator: "EQUAL", property: "plan", value: "pro" }));
  const attributes = {
    get plan(): string {
      evaluateAll(compiled, { attributes: { plan: "free" } });
      return "pro";
    },
  };

  expect(evaluateAll(compiled, { attributes }).get("flag")?.value).toBe("overridden");
});

it("treats names that every object has as any other name", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const condition = { operator: "EQUAL", property: name, value: "here" } as const;
    const document = snapshot({ flags: [flag({ key: name, overrides: [override()] })], segments: [segment([condition])] });
    const attributes = Object.fromEntries([[name, "here"]]);

    const compiled = compile(document);

    expect(evaluate(compiled, name, { attributes }).value).toBe("overridden");
    expect(evaluate(compiled, name, { attributes: {} }).value).toBe("off-the-shelf");
    expect(evaluateAll(compile(snapshot()), {}).get(name)).toBeUndefined();
  }
});

it("lets nobody into a segment whose rules are nested too deep, and does not overflow", () => {
  let rule: Rule = { type: "NONE", conditions: [], rules: [] };
  for (let depth = 0; depth < 100_000; depth++) rule = { type: "NONE", conditions: [], rules: [rule] };
  const document = snapshot({ flags: [flag({ overrides: [override()] })], segments: [segment([], { rules: [rule] })] });

  expect(evaluate(compile(document), "flag", {}).value).toBe("off-the-shelf");
  expect(needsRegex(document)).toBe(false);
  const parsed = parseSnapshot(document);
  expect(parsed.ok ? "" : parsed.error).toBe(
    `segments[0].rules[0]${".rules[0]".repeat(64)}: rules may be nested at most 64 deep`,
  );
});

it("accepts rules of 64 levels", () => {
  let rule: Rule = { type: "ALL", conditions: [{ operator: "IS_SET", property: "plan", value: "" }], rules: [] };
  for (let depth = 1; depth < 64; depth++) rule = { type: "ALL", conditions: [], rules: [rule] };
  const document = snapshot({ flags: [flag({ overrides: [override()] })], segments: [segment([], { rules: [rule] })] });

  const parsed = parseSnapshot(document);

  expect(parsed.ok && evaluate(compile(parsed.snapshot), "flag", { attributes: { plan: "pro" } }).value).toBe("overridden");
});

it("hands out answers that nobody can change", () => {
  const parsed = parseSnapshot(snapshot({ flags: [flag({ valueType: "json", value: { list: [{ a: 1 }] } })] }));
  const compiled = compile(parsed.ok ? parsed.snapshot : snapshot());

  const { value } = evaluate(compiled, "flag", {}) as unknown as { value: { list: { a: number }[] } };

  expect(() => value.list.push({ a: 2 })).toThrow(TypeError);
  expect(() => Object.assign(value.list[0]!, { a: 2 })).toThrow(TypeError);
  expect(() => Object.assign(evaluate(compiled, "flag", {}), { enabled: false })).toThrow(TypeError);
});

it("evaluates without an engine for patterns by letting no pattern match", () => {
  const document = snapshotFor({ operator: "REGEX", property: "plan", value: "pro" });
  const payer = { attributes: { plan: "pro" } };

  expect(evaluate(compile(document), "flag", payer).value).toBe("off-the-shelf");
  expect(evaluate(compile(document, { ...everything }), "flag", payer).value).toBe("overridden");
  expect(needsRegex(document)).toBe(true);
});
