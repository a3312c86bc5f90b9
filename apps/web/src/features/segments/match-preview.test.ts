import type { Condition, Rule } from "@halyard/evaluator/model";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readTyped, verdictOf, writeTyped } from "./match-preview.ts";

const all = (...conditions: readonly Condition[]): Rule => ({ type: "ALL", conditions, rules: [] });
const share: Condition = { operator: "PERCENTAGE_SPLIT", property: "", value: "50" };
const orders: Condition = { operator: "GREATER_THAN", property: "orders", value: "10" };
const sample = (attributes: Record<string, string | number | boolean>) => ({
  context: { targetingKey: "ada", attributes },
  environment: "Production",
});

it("decides as the evaluator does", () => {
  expect(verdictOf([all(orders)], sample({ orders: 11 }))).toBe("in");
  expect(verdictOf([all(orders)], sample({ orders: 10 }))).toBe("out");
});

it("says so where only a share of everyone decides", () => {
  expect(verdictOf([all(orders, share)], sample({ orders: 11 }))).toBe("by-share");
});

it("needs no share where the rest has decided already", () => {
  expect(verdictOf([all(orders, share)], sample({ orders: 1 }))).toBe("out");
  expect(verdictOf([{ type: "ANY", conditions: [orders, share], rules: [] }], sample({ orders: 11 }))).toBe("in");
});

it("matches patterns from the start of a value only, and none that the server refuses", () => {
  const pattern = (value: string) => [all({ operator: "REGEX", property: "mail", value })];

  expect(verdictOf(pattern("ada"), sample({ mail: "ada@acme.io" }))).toBe("in");
  expect(verdictOf(pattern("acme"), sample({ mail: "ada@acme.io" }))).toBe("out");
  expect(verdictOf(pattern("(?=ada)ada"), sample({ mail: "ada@acme.io" }))).toBe("out");
  expect(verdictOf(pattern("(unfinished"), sample({ mail: "ada@acme.io" }))).toBe("out");
});

it("reads back every value it writes", () => {
  const texts = fc.constantFrom("true", "12", "0012", "", "-1.5", "1e3", '["a"]', "[a");
  const scalar = fc.oneof(fc.boolean(), fc.string(), fc.integer(), texts);
  const value = fc.oneof(scalar, fc.array(scalar));
  fc.assert(
    fc.property(value, (it) => {
      expect(readTyped(writeTyped(it))).toEqual(it);
    }),
  );
});
