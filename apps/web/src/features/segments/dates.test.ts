import { expect, it } from "vitest";
import { asKind, dateKind, dateWords, fromBox, toBox } from "./dates.ts";

it.each([
  ["2026-03-01", "1 March 2026 (UTC)"],
  ["2026-03-01T09:30:00Z", "1 March 2026, 09:30 UTC"],
  ["2026-03-01T09:30:00+02:00", "1 March 2026, 07:30 UTC"],
  ["$.now", "now"],
  ["2026-03-01T09:30", "2026-03-01T09:30"],
  ["soon", "soon"],
  ["", "…"],
])("reads %s aloud as “%s”", (value, words) => {
  expect(dateWords(value)).toBe(words);
});

it("shows an instant of any zone in UTC, and writes what was picked with its zone", () => {
  expect(toBox("2026-03-01T01:30:00+02:00")).toBe("2026-02-28T23:30");
  expect(fromBox("2026-03-01T09:30")).toBe("2026-03-01T09:30:00Z");
  expect(fromBox("")).toBe("");
});

it("keeps the day where a day becomes an instant and an instant a day", () => {
  expect(asKind("2026-03-01", "instant")).toBe("2026-03-01T00:00:00Z");
  expect(asKind("2026-03-01T23:30:00Z", "day")).toBe("2026-03-01");
  expect(asKind("$.now", "day")).toBe("");
  expect(["2026-03-01", "", "2026-03-01T09:30:00Z", "$.now"].map(dateKind)).toEqual(["day", "day", "instant", "now"]);
});
