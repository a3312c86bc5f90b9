import { expect, it } from "vitest";
import { re2Engine } from "./regex.ts";

it.each([
  ["pro", "pro max", true],
  ["pro", "a pro", false],
  ["a|b", "ba", true],
  ["(?m)^b", "a\nb", false],
  ["$", "", true],
  ["\\Qa.b", "a.bc", true],
  ["\\pL+$", "ключ", true],
  ["(?i)PRO", "pro", true],
])("matches %j at the start of %j: %s", (pattern, value, expected) => {
  expect(re2Engine(pattern)?.(value)).toBe(expected);
});

it.each(["(", "a)(b", "(?=a)", "(a)\\1", "[z-a]", "*", "((a{1000}){1000}){1000}", "a".repeat(10_001)])(
  "refuses %.20s",
  (pattern) => {
    expect(re2Engine(pattern)).toBeUndefined();
  },
);

it("takes no time with patterns that make a backtracking engine hang, and none with lone surrogates", () => {
  const matches = re2Engine("^(a+)+$");

  expect(matches?.(`${"a".repeat(20_000)}!`)).toBe(false);
  expect(re2Engine(".")?.("\ud800")).toBe(true);
});
