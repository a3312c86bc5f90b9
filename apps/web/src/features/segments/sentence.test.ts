import type { Condition, Rule } from "@halyard/evaluator/model";
import { expect, it } from "vitest";
import { sentenceOf, sentenceText } from "./sentence.ts";

const orders: Condition = { operator: "GREATER_THAN_INCLUSIVE", property: "orders", value: "10" };
const country: Condition = { operator: "IN", property: "country", value: ["DE", "FR", "NL"] };
const staff: Condition = { operator: "REGEX", property: "$.identity.identifier", value: ".*@acme" };
const rule = (type: Rule["type"], conditions: readonly Condition[], rules: readonly Rule[] = []): Rule => ({
  type,
  conditions,
  rules,
});
const read = (...rules: readonly Rule[]) => sentenceText(sentenceOf(rules));

it("reads conditions that must all hold as one sentence", () => {
  expect(read(rule("ALL", [orders, country]))).toBe("People whose orders is at least 10 and whose country is one of DE, FR, NL");
});

it("says either and neither where any or none must hold", () => {
  expect(read(rule("ANY", [orders, country]))).toBe(
    "People either whose orders is at least 10 or whose country is one of DE, FR, NL",
  );
  expect(read(rule("NONE", [orders, staff]))).toBe(
    "People neither whose orders is at least 10 nor whose identifier matches the pattern .*@acme",
  );
});

it("counts the conditions and the groups of a group apart, as evaluation does", () => {
  const nested = rule("ANY", [orders], [rule("ALL", [country]), rule("NONE", [staff])]);

  expect(read(nested)).toBe(
    "People whose orders is at least 10 and either whose country is one of DE, FR, NL or not whose identifier matches the pattern .*@acme",
  );
});

it.each<[Condition, string]>([
  [{ operator: "PERCENTAGE_SPLIT", property: "", value: "20" }, "People in a random 20 %"],
  [{ operator: "MODULO", property: "account", value: "3|0" }, "People whose account divided by 3 leaves 0"],
  [{ operator: "EQUAL", property: "plan", value: "pro", ignoreCase: true }, "People whose plan is pro regardless of case"],
  [{ operator: "STARTS_WITH", property: "roles", value: "eng", elements: "any" }, "People one of whose roles starts with eng"],
  [{ operator: "NOT_IN", property: "tags", value: ["a", "b"], elements: "all" }, "People each of whose tags is none of a, b"],
  [{ operator: "BEFORE", property: "joined", value: "2026-03-01" }, "People whose joined is before 1 March 2026 (UTC)"],
  [{ operator: "BEFORE", property: "trial_ends", value: "$.now" }, "People whose trial_ends is before now"],
  [
    { operator: "AFTER", property: "$.now", value: "2026-03-01T09:30:00Z" },
    "People while the time is after 1 March 2026, 09:30 UTC",
  ],
  [{ operator: "SEMVER_RANGE", property: "app", value: "^1.2" }, "People whose app is a version in ^1.2"],
  [{ operator: "IS_SET", property: "plan", value: "" }, "People whose plan is known"],
  [{ operator: "GREATER_THAN", property: "app", value: "1.9.0:semver" }, "People whose app is more than version 1.9.0"],
])("reads %j aloud", (condition, sentence) => {
  expect(read(rule("ALL", [condition]))).toBe(sentence);
});

it("says that a segment without rules has nobody, and one with an empty rule everyone", () => {
  expect(read()).toContain("Nobody");
  expect(read(rule("ALL", []))).toBe("Everyone");
});
