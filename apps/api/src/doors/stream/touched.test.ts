import { compile, type Delta, type Flag, type Segment, type Snapshot } from "@halyard/evaluator";
import { beforeEach, expect, it } from "vitest";
import type { EnvironmentState } from "../../features/delivery/index.ts";
import { createLeanings, type Leanings } from "./touched.ts";

const state = { enabled: true, value: null, variants: [], seed: "1" };
const metadata = { description: null, createdAt: "2026-01-01T00:00:00.000Z", defaultEnabled: false, defaultValue: null };

const flag = (id: number, more: Partial<Flag> = {}): Flag => ({
  id,
  key: `flag-${id}`,
  valueType: "boolean",
  serverOnly: false,
  ...state,
  overrides: [],
  metadata,
  ...more,
});
const segment = (id: number): Segment => ({ id, key: `segment-${id}`, name: `Segment ${id}`, seed: String(id), rules: [] });
const inSegment = (id: number, segmentId: number) => flag(id, { overrides: [{ id: id * 10, segmentId, priority: 0, ...state }] });
const leaningOn = (id: number, flagId: number) => flag(id, { prerequisites: [{ flagId, enabled: true }] });

const snapshot: Snapshot = {
  environment: {
    id: 1,
    name: "Production",
    bucketingKey: "key",
    project: { id: 1, name: "Shop" },
    organisation: { id: 1, name: "Acme" },
    hideDisabledFlags: false,
    allowClientTraits: true,
    hideSensitiveData: false,
  },
  flags: [flag(1), inSegment(2, 7), leaningOn(3, 2), leaningOn(4, 3), inSegment(5, 8)],
  segments: [segment(7), segment(8)],
};
const states: EnvironmentState = {
  version: 1,
  epoch: "e",
  position: "e:1:",
  updatedAt: new Date(0),
  compiled: compile(snapshot),
};

let leanings: Leanings;
beforeEach(() => {
  leanings = createLeanings(states);
});
const keysOf = (delta: Delta) => {
  const { keys } = leanings.touchedBy(delta, { before: states, after: states });
  return keys === "all" ? keys : [...keys].sort();
};
const upsert = <T>(...upserted: T[]) => ({ upserted, removed: [] });

it("a flag that nothing leans on touches itself only", () => {
  expect(keysOf({ flags: upsert(flag(1)) })).toEqual(["flag-1"]);
});

it("a segment touches the flags that it overrides, and all that lean on them, however far", () => {
  expect(keysOf({ segments: upsert(segment(7)) })).toEqual(["flag-2", "flag-3", "flag-4"]);
  expect(keysOf({ segmentLists: [{ segmentId: 8, from: 1, to: 2, lists: [] }] })).toEqual(["flag-5"]);
  expect(keysOf({ segments: { upserted: [], removed: [8] } })).toEqual(["flag-5"]);
});

it("what leant on something before a change is touched by it as well as what leans on it afterwards", () => {
  expect(keysOf({ flags: upsert(leaningOn(4, 1)) })).toEqual(["flag-4"]);
  expect(keysOf({ segments: upsert(segment(7)) })).toEqual(["flag-2", "flag-3"]);
  expect(keysOf({ flags: upsert(flag(1)) })).toEqual(["flag-1", "flag-4"]);
  expect(keysOf({ flags: { upserted: [inSegment(6, 8)], removed: [5] } })).toEqual(["flag-5", "flag-6"]);
  expect(keysOf({ segments: upsert(segment(8)) })).toEqual(["flag-6"]);
});

it("a flag under a new key touches both keys", () => {
  expect(keysOf({ flags: upsert(flag(1, { key: "renamed" })) })).toEqual(["flag-1", "renamed"]);
});

it("settings of the environment, and history that was replaced, touch everything", () => {
  expect(keysOf({ environment: snapshot.environment })).toBe("all");
  expect(leanings.touchedBy(undefined, { before: states, after: states }).keys).toBe("all");
});

it("overrides of an identity touch nobody else", () => {
  const { keys, identifiers } = leanings.touchedBy(
    { identityOverrides: [{ identifier: "ada", overrides: [] }] },
    { before: states, after: states },
  );
  expect([keys, [...identifiers]]).toEqual([[], ["ada"]]);
});
