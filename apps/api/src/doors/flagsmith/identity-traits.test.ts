import { expect, it } from "vitest";
import { changedTraits, mergedAttributes, traitObjects } from "./identity-traits.ts";
import type { GivenTrait } from "./trait-input.ts";

const stored = new Map([
  ["plan", { id: 1, value: "free" }],
  ["age", { id: 2, value: 7 }],
]);
const given = (key: string, value: GivenTrait["value"], transient = false): GivenTrait => ({ key, value, transient });

it("lets the request win over what is stored, and null take away", () => {
  expect(mergedAttributes(stored, [given("plan", "pro", true), given("age", null), given("beta", true)])).toEqual({
    plan: "pro",
    beta: true,
  });
});

it("keeps a trait named __proto__ a trait", () => {
  const attributes = mergedAttributes(new Map(), [given("__proto__", "x")]);

  expect(Object.keys(attributes)).toEqual(["__proto__"]);
  expect(Object.keys(changedTraits(new Map(), [given("__proto__", "x")]) ?? {})).toEqual(["__proto__"]);
});

it("stores only what differs and is not transient", () => {
  const changed = changedTraits(stored, [
    given("plan", "free"),
    given("age", 8),
    given("seen", true, true),
    given("unknown", null),
  ]);

  expect(changed).toEqual({ age: 8 });
  expect(changedTraits(stored, [given("plan", "free")])).toBeUndefined();
});

it("stores what the last of two entries says", () => {
  expect(changedTraits(stored, [given("plan", "pro"), given("plan", "free")])).toEqual({ plan: "free" });
});

it("stops storing new traits at the limit, while known ones still change", () => {
  const full = new Map(Array.from({ length: 100 }, (_, i) => [`t${i}`, { id: i + 1, value: i }]));

  expect(changedTraits(full, [given("one more", 1), given("t5", 0)])).toEqual({ t5: 0 });
  expect(changedTraits(full, [given("t5", null), given("one more", 1)])).toEqual({
    t5: null,
    "one more": 1,
  });
});

it("evaluates with a stored list, and shows it to no client of Flagsmith's", () => {
  const stored = new Map([["teams", { id: 3, value: ["shop", "web"] }]]);

  expect(mergedAttributes(stored, [])).toEqual({ teams: ["shop", "web"] });
  expect(traitObjects(stored, [])).toEqual([]);
});

it("gives back what was sent, and stored traits with their ids only to those who may see them", () => {
  const sent = [given("plan", "pro"), given("beta", true, true), given("age", null)];

  expect(traitObjects(stored, sent)).toEqual([
    { id: 1, trait_key: "plan", trait_value: "pro", transient: false },
    { id: null, trait_key: "beta", trait_value: true, transient: true },
  ]);
  expect(traitObjects(undefined, sent)).toEqual([
    { id: null, trait_key: "plan", trait_value: "pro", transient: false },
    { id: null, trait_key: "beta", trait_value: true, transient: true },
  ]);
});
