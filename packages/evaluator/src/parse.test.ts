import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, evaluateAll, type JsonValue, type Prerequisite } from "./index.ts";
import { anywhere, scenario } from "./testing/arbitraries.ts";
import { damage } from "./testing/damage.ts";
import { environment, flag, identityOverride, override, segment, snapshot } from "./testing/world.ts";
import { parseDelta, parseIdentityOverrides, parseSnapshot } from "./validate.ts";

const variant = { id: 1, key: "a", value: "A", weight: 50 };

it("takes every snapshot there is, as it was written", () => {
  fc.assert(
    fc.property(scenario(anywhere), (given) => {
      const written: unknown = JSON.parse(JSON.stringify(given));
      const { snapshot, identityOverrides } = written as typeof given;

      expect(parseSnapshot(snapshot)).toEqual({ ok: true, snapshot });
      expect(parseIdentityOverrides(identityOverrides)).toEqual({ ok: true, identityOverrides });
    }),
  );
});

it("never throws, and what it takes can be evaluated", () => {
  const anything = fc.anything({
    withBigInt: true,
    withNullPrototype: true,
    withObjectString: true,
    withDate: true,
    withSparseArray: true,
  });
  fc.assert(
    fc.property(scenario(anywhere), fc.nat(), anything, (given, place, replacement) => {
      const damaged: unknown = damage(JSON.parse(JSON.stringify(given.snapshot)), place, replacement);

      const parsed = parseSnapshot(damaged);

      if (parsed.ok) expect(evaluateAll(compile(parsed.snapshot), given.context).size).toBe(parsed.snapshot.flags.length);
      else expect(parsed.error).toMatch(/: /);
      expect(parseDelta(replacement)).toHaveProperty("ok");
      expect(parseIdentityOverrides(replacement)).toHaveProperty("ok");
    }),
    { numRuns: 500 },
  );
});

describe("names the place of the first fault", () => {
  it.each<[string, unknown]>([
    ["(root): must be an object", null],
    ["(root): must be an object", []],
    ["environment: must be an object", { flags: [], segments: [] }],
    ["flags: must be a list", { ...snapshot(), flags: { length: 1 } }],
    ["flags[0].key: must be a string", snapshot({ flags: [{ ...flag(), key: 1 as unknown as string }] })],
    ["flags[0].id: must be a whole number", snapshot({ flags: [flag({ id: 1.5 })] })],
    ["flags[0].enabled: must be true or false", snapshot({ flags: [{ ...flag(), enabled: "yes" as unknown as boolean }] })],
    [
      "flags[0].valueType: must be one of boolean, string, number, json",
      snapshot({ flags: [{ ...flag(), valueType: "toString" as "json" }] }),
    ],
    ["flags[1].id: 1 is there twice", snapshot({ flags: [flag(), flag({ key: "other" })] })],
    ['flags[1].key: "flag" is there twice', snapshot({ flags: [flag(), flag({ id: 2 })] })],
    [
      "flags[0].variants[1].weight: must be a number from 0 to 100",
      snapshot({ flags: [flag({ variants: [variant, { ...variant, weight: Number.NaN }] })] }),
    ],
    [
      "flags[0].variants: weights must sum to at most 100",
      snapshot({ flags: [flag({ variants: [variant, { ...variant, weight: 50.1 }] })] }),
    ],
    ["flags[0].value.a[1]: must be a finite number", snapshot({ flags: [flag({ value: { a: [0, Number.NaN] } })] })],
    ["flags[0].value: must be JSON", snapshot({ flags: [{ ...flag(), value: undefined as unknown as JsonValue }] })],
    [
      "flags[0].overrides[0].priority: must be a whole number",
      snapshot({ flags: [flag({ overrides: [override({ priority: Infinity })] })] }),
    ],
    [
      "segments[0].rules[0].type: must be one of ALL, ANY, NONE",
      snapshot({ segments: [segment([], { rules: [{ type: "SOME" as "ANY", conditions: [], rules: [] }] })] }),
    ],
    [
      "segments[0].rules[0].conditions[0].elements: must be one of any, all",
      snapshot({ segments: [segment([{ operator: "IN", property: "x", value: "7", elements: "some" as "any" }])] }),
    ],
    [
      "segments[0].rules[0].conditions[0].ignoreCase: must be true or false",
      snapshot({ segments: [segment([{ operator: "IN", property: "x", value: "7", ignoreCase: 1 as unknown as boolean }])] }),
    ],
    ["segments[0].version: must be a whole number", snapshot({ segments: [segment([], { version: 1.5 })] })],
    ["environment.clock: must be a whole number", snapshot({ environment: { ...environment, clock: Number.NaN } })],
    ["flags[0].bucketBy: must be a string", snapshot({ flags: [flag({ bucketBy: 7 as unknown as string })] })],
    [
      "flags[0].prerequisites[0].enabled: must be true or false",
      snapshot({ flags: [flag({ prerequisites: [{ flagId: 1 } as unknown as Prerequisite] })] }),
    ],
    [
      "segments[0].rules[0].conditions[0].value: must be a list",
      snapshot({ segments: [segment([{ operator: "EQUAL", property: "x", value: 7 as unknown as string }])] }),
    ],
  ])("%s", (error, input) => {
    expect(parseSnapshot(input)).toEqual({ ok: false, error });
  });
});

it("refuses identity overrides and deltas by the same rules", () => {
  const twice = [identityOverride(), identityOverride({ id: 2 })];
  const mine = { identifier: "u1", overrides: twice };

  expect(parseIdentityOverrides([mine])).toEqual({ ok: false, error: "[0].overrides[1].flagId: 1 is there twice" });
  expect(parseDelta({ identityOverrides: [mine] })).toEqual({
    ok: false,
    error: "identityOverrides[0].overrides[1].flagId: 1 is there twice",
  });
  expect(parseDelta({ flags: { upserted: [] } })).toEqual({ ok: false, error: "flags.removed: must be a list" });
  expect(parseDelta({})).toEqual({ ok: true, delta: {} });
});

it("reads edits of lists, and names their faults", () => {
  const edit = { segmentId: 1, from: 1, to: 2, lists: [{ path: [0, 1], added: ["a"], removed: [] }] };

  expect(parseDelta({ segmentLists: [edit] })).toEqual({ ok: true, delta: { segmentLists: [edit] } });
  expect(parseDelta({ segmentLists: [{ ...edit, lists: [{ path: [0.5], added: [], removed: [] }] }] })).toEqual({
    ok: false,
    error: "segmentLists[0].lists[0].path[0]: must be a whole number",
  });
  expect(parseDelta({ segmentLists: [{ ...edit, to: "2" }] })).toEqual({
    ok: false,
    error: "segmentLists[0].to: must be a whole number",
  });
});

it("ignores members it does not know, own or inherited", () => {
  const inherited: unknown = Object.create(snapshot());

  expect(parseSnapshot({ ...snapshot(), later: 1 })).toEqual({ ok: true, snapshot: snapshot() });
  expect(parseSnapshot(inherited)).toEqual({ ok: false, error: "environment: must be an object" });
});

it("keeps a member named __proto__ of a value as a member", () => {
  const input: unknown = JSON.parse(
    JSON.stringify(snapshot({ flags: [flag({ value: "?" })] })).replace('"?"', '{"__proto__":{"admin":true}}'),
  );

  const parsed = parseSnapshot(input);
  const value = parsed.ok ? parsed.snapshot.flags[0]?.value : undefined;

  expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true}}');
  expect(value).not.toHaveProperty("admin");
});

it("refuses values nested too deep, or in a circle", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;

  const parsed = parseSnapshot({ ...snapshot(), flags: [{ ...flag(), value: circle }] });

  expect(parsed.ok ? "" : parsed.error).toMatch(/^flags\[0\]\.value(\.self){64}: values may be nested at most 64 deep$/);
});

it("refuses a list of holes at once, however long it says it is", () => {
  expect(parseSnapshot({ ...snapshot(), flags: new Array(2 ** 32 - 1) })).toEqual({
    ok: false,
    error: "flags[0]: must be an object",
  });
});
