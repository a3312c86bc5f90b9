import { OPERATORS } from "@halyard/evaluator/model";
import fc from "fast-check";
import { expect, it } from "vitest";
import { asVersion, listOf, membersIn, OPERATOR_WORDS, withOperator, withoutVersion } from "./operators.ts";

it("keeps what was typed while the operator goes from one comparison to another", () => {
  const condition = { operator: "EQUAL", property: "orders", value: "10" } as const;

  expect(withOperator(condition, "GREATER_THAN")).toEqual({ operator: "GREATER_THAN", property: "orders", value: "10" });
});

it("turns text into the members of a list and back", () => {
  const list = withOperator({ operator: "EQUAL", property: "country", value: "DE,FR" }, "IN");

  expect(list.value).toEqual(["DE", "FR"]);
  expect(withOperator(list, "EQUAL").value).toBe("DE,FR");
});

it("gives every operator a value its own editor can show", () => {
  fc.assert(
    fc.property(fc.constantFrom(...OPERATORS), fc.constantFrom(...OPERATORS), fc.string(), (from, to, value) => {
      const condition = withOperator({ operator: from, property: "x", value }, to);
      const kind = OPERATOR_WORDS[to].value;

      expect(typeof condition.value === "string").toBe(kind !== "list");
      if (kind === "none") expect(condition.value).toBe("");
    }),
  );
});

it.each([
  ["DE, FR\nNL\tDE", ["DE", "FR", "NL"]],
  ["  ", []],
  ["a b", ["a b"]],
])("reads %j as members", (text, members) => {
  expect(membersIn(text)).toEqual(members);
});

it("reads a stored list however it is written", () => {
  expect(listOf('["a,b","c"]')).toEqual(["a,b", "c"]);
  expect(listOf("a,b")).toEqual(["a", "b"]);
  expect(listOf("[half")).toEqual(["[half"]);
  expect(listOf("")).toEqual([]);
});

it("marks a version once, however often it is asked", () => {
  expect(asVersion(asVersion("1.2.0"))).toBe("1.2.0:semver");
  expect(withoutVersion("1.2.0:semver")).toBe("1.2.0");
});

it("keeps letters' case and lists in mind where the new operator can heed them", () => {
  const condition = { operator: "EQUAL", property: "plan", value: "pro", ignoreCase: true, elements: "any" } as const;

  expect(withOperator(condition, "STARTS_WITH")).toMatchObject({ ignoreCase: true, elements: "any", value: "pro" });
  expect(withOperator(condition, "GREATER_THAN")).toEqual({
    operator: "GREATER_THAN",
    property: "plan",
    value: "pro",
    elements: "any",
  });
  expect(withOperator(condition, "PERCENTAGE_SPLIT")).toEqual({ operator: "PERCENTAGE_SPLIT", property: "plan", value: "50" });
});

it("lets only dates look at the time", () => {
  const condition = { operator: "AFTER", property: "$.now", value: "2026-03-01" } as const;

  expect(withOperator(condition, "BEFORE")).toEqual({ ...condition, operator: "BEFORE" });
  expect(withOperator(condition, "EQUAL").property).toBe("");
});

it("keeps the members of a list as they are, commas in them too", () => {
  const value = ["Berlin, Germany", "Paris"];

  expect(withOperator({ operator: "IN", property: "place", value }, "NOT_IN").value).toBe(value);
});
