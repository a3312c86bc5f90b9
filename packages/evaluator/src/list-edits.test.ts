import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, editSegment, listEdits, segmentsNotAt } from "./changes.ts";
import { type Condition, compile, type Segment, segmentsOf } from "./index.ts";
import { everything } from "./testing/everything.ts";
import { segment, snapshot } from "./testing/world.ts";

const word = fc.constantFrom("a", "A", "b", "B", "c", "d", "7", "");
const words = fc.uniqueArray(word, { maxLength: 8 });
const options = fc.record({ operator: fc.constantFrom("IN", "NOT_IN"), ignoreCase: fc.boolean() });

const withList = (given: Omit<Condition, "property" | "value">, value: readonly string[], version: number): Segment => ({
  ...segment([]),
  version,
  rules: [
    { type: "ALL", conditions: [], rules: [] },
    {
      type: "ALL",
      conditions: [],
      rules: [
        {
          type: "ANY",
          conditions: [
            { operator: "IS_SET", property: "y", value: "" },
            { ...given, property: "x", value },
          ],
          rules: [],
        },
      ],
    },
  ],
});
const environmentOf = (one: Segment) => compile(snapshot({ segments: [one] }), everything);
const edit = (from: number, added: readonly string[], removed: readonly string[] = []) => ({
  segmentId: 1,
  from,
  to: from + 1,
  lists: [{ path: [1, 0, 1], added, removed }],
});

it("brings a list from any version to any other, in small deltas, as if it had been sent whole", () => {
  fc.assert(
    fc.property(options, fc.array(words, { minLength: 2, maxLength: 5 }), (given, [first = [], ...later]) => {
      let stored = withList(given, first, 1);
      let environment = environmentOf(stored);
      for (const [i, list] of later.entries()) {
        const next = withList(given, list, i + 2);
        const lists = listEdits(stored, next)!;
        const change = { segmentId: 1, from: i + 1, to: i + 2, lists };
        stored = editSegment(stored, change)!;
        expect(new Set(listOf(stored))).toEqual(new Set(list));

        environment = apply(environment, { segmentLists: [change] });

        expect(segmentsNotAt(environment, { segmentLists: [change] })).toEqual([]);
        expect(environment.snapshot.segments).toEqual([stored]);
        const anew = environmentOf(stored);
        for (const x of ["a", "A", "b", "c", "D", 7, "", true])
          expect(segmentsOf(environment, { attributes: { x } }).length).toBe(segmentsOf(anew, { attributes: { x } }).length);
        expect(apply(environment, { segmentLists: [change] }).snapshot).toEqual(environment.snapshot);
      }
    }),
  );
});

it("keeps its answers through thousands of edits", () => {
  let environment = environmentOf(withList({ operator: "IN" }, ["first"], 0));

  for (let version = 0; version < 2_500; version++)
    environment = apply(environment, {
      segmentLists: [edit(version, [`in-${version}`], version % 2 === 0 ? [] : [`in-${version - 1}`])],
    });

  const isIn = (x: string) => segmentsOf(environment, { attributes: { x } }).length > 0;
  expect([isIn("first"), isIn("in-0"), isIn("in-1"), isIn("in-2498"), isIn("in-2499")]).toEqual([true, false, true, false, true]);
  expect(environment.snapshot.segments[0]?.version).toBe(2_500);
});

describe("an edit that does not fit", () => {
  const before = environmentOf(withList({ operator: "IN" }, ["a"], 5));

  it.each([
    ["comes from a later version", edit(7, ["b"])],
    ["names a place without a list", { ...edit(5, ["b"]), lists: [{ path: [1, 0, 0], added: ["b"], removed: [] }] }],
    ["names a place that is not there", { ...edit(5, ["b"]), lists: [{ path: [0, 9], added: ["b"], removed: [] }] }],
    ["names the segment itself", { ...edit(5, ["b"]), lists: [{ path: [], added: ["b"], removed: [] }] }],
  ])("%s: nothing changes, and that can be told", (_why, change) => {
    const after = apply(before, { segmentLists: [change] });

    expect(after.snapshot).toEqual(before.snapshot);
    expect(segmentsNotAt(after, { segmentLists: [change] })).toEqual([1]);
  });

  it("is of the past, or of a segment that is gone: nothing is missing", () => {
    const past = { segmentLists: [edit(4, ["b"]), { ...edit(5, ["b"]), segmentId: 9 }] };

    expect(apply(before, past).snapshot).toEqual(before.snapshot);
    expect(segmentsNotAt(apply(before, past), past)).toEqual([]);
  });
});

it("comes after the whole segments of its delta", () => {
  const change = {
    segments: { upserted: [withList({ operator: "IN" }, ["b"], 8)], removed: [] },
    segmentLists: [edit(8, ["c"])],
  };

  expect(listOf(apply(environmentOf(withList({ operator: "IN" }, ["a"], 5)), change).snapshot.segments[0])).toEqual(["b", "c"]);
});

it("is only written where nothing but lists differ", () => {
  const before = withList({ operator: "IN" }, ["a", "b"], 1);

  expect(listEdits(before, withList({ operator: "IN" }, ["b", "c"], 2))).toEqual([
    { path: [1, 0, 1], added: ["c"], removed: ["a"] },
  ]);
  expect(listEdits(before, before)).toEqual([]);
  expect(listEdits(before, { ...before, name: "Other" })).toBeUndefined();
  expect(listEdits(before, withList({ operator: "NOT_IN" }, ["a", "b"], 2))).toBeUndefined();
  expect(listEdits(before, { ...before, rules: before.rules.slice(1) })).toBeUndefined();
});

function listOf(given: Segment | undefined): readonly string[] {
  const value = given?.rules[1]?.rules[0]?.conditions[1]?.value;
  return typeof value === "object" ? value : [];
}
