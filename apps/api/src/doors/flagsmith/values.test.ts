import { expect, it } from "vitest";
import { clientValue, seedNumber } from "./values.ts";

it.each([
  ["string", "12.50", "12.50"],
  ["string", "", ""],
  ["string", null, null],
  ["number", 7, 7],
  ["number", -2_147_483_647, -2_147_483_647],
  ["number", 2_147_483_648, "2147483648"],
  ["number", 12.5, "12.5"],
  ["number", 1e21, "1e+21"],
  ["json", true, true],
  ["json", null, null],
  ["json", 0.5, "0.5"],
  ["json", { a: [1, null] }, '{"a":[1,null]}'],
  ["json", [], "[]"],
  ["boolean", true, null],
] as const)("sends a %s flag's %j as %j", (valueType, value, sent) => {
  expect(clientValue(valueType, value)).toBe(sent);
});

it.each([
  ["41", 41],
  ["2147483647", 2_147_483_647],
  ["2147483648", null],
  ["0", null],
  ["-1", null],
  ["007", null],
  ["1.0", null],
  ["1e3", null],
  ["", null],
  ["0b8b3f0e-0000-4000-8000-000000000041", null],
])("takes the seed %j for the integer %j, so that a client hashes the same text", (seed, number) => {
  expect(seedNumber(seed)).toBe(number);
});
