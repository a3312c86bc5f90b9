import type { Rule } from "@halyard/evaluator/model";
import { expect, it } from "vitest";
import { keptLists } from "./kept-lists.ts";

const list = (...value: string[]) => ({ operator: "IN", property: "id", value }) as const;
const rule = (...conditions: ReturnType<typeof list>[]): Rule => ({ type: "ANY", conditions, rules: [] });
const segment = {
  id: 1,
  key: "vip",
  name: "VIP",
  description: "",
  version: 1,
  createdAt: "2026-11-01T00:00:00.000Z",
  flags: 0,
  rules: [rule(list("a", "b"), list("c"))],
  longLists: [{ path: [0, 0], count: 9_000 }],
  usedBy: [],
};

it("keeps a long list wherever its condition was moved to", () => {
  expect(keptLists([rule(list("new")), rule(list("c"), list("a", "b"))], segment)).toEqual([{ path: [1, 1], from: [0, 0] }]);
});

it("lets go of a list that was replaced, and of no other", () => {
  expect(keptLists([rule(list("a"), list("c"))], segment)).toEqual([]);
});
