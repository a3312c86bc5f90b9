import fc from "fast-check";
import { expect, it } from "vitest";
import { type Context, compile, evaluate, evaluateAll, needsRegex, type Rule, segmentsOf } from "./index.ts";
import { anywhere, scenario } from "./testing/arbitraries.ts";
import { everything } from "./testing/everything.ts";
import { flag, override, segment, snapshot, snapshotFor } from "./testing/world.ts";
import { parseSnapshot } from "./validate.ts";

const anything = fc.anything({
  withBigInt: true,
  withNullPrototype: true,
  withObjectString: true,
  withDate: true,
  withMap: true,
  withSparseArray: true,
});

it("answers whatever the context is", () => {
  fc.assert(
    fc.property(
      scenario(anywhere),
      fc.oneof(anything, fc.record({ targetingKey: anything, attributes: anything })),
      (given, hostile) => {
        const compiled = compile(given.snapshot, { identityOverrides: given.identityOverrides, ...everything });

        expect(evaluateAll(compiled, hostile as Context).size).toBe(given.snapshot.flags.length);
        expect(segmentsOf(compiled, hostile as Context)).toBeInstanceOf(Array);
        for (const { key } of given.snapshot.flags) expect(evaluate(compiled, key, hostile as Context).errorCode).toBeUndefined();
      },
    ),
  );
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
