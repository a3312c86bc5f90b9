import { expect, it } from "vitest";
import { readAttributes } from "./attributes-text.ts";

it("reads numbers and truths as such, and quoted ones as words", () => {
  expect(readAttributes('plan = pro\norders: 12\nbeta = true\nversion = "12"\n\nnote = a = b')).toEqual({
    attributes: { plan: "pro", orders: 12, beta: true, version: "12", note: "a = b" },
    error: undefined,
  });
});

it("names the line that says nothing", () => {
  expect(readAttributes("plan = pro\nbeta").error).toContain("Line 2");
});

it("reads lists as JSON writes them, and leaves as text what only begins like one", () => {
  expect(readAttributes('teams = ["a", "b"]\nids: [1, 2]\nnone = []\nopen = [a\ndeep = [[1]]').attributes).toEqual({
    teams: ["a", "b"],
    ids: [1, 2],
    none: [],
    open: "[a",
    deep: "[[1]]",
  });
});
