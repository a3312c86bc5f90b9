import fc from "fast-check";
import { expect, it } from "vitest";
import { dayOf, parseInstant, startOfDay } from "./instant.ts";

it.each([
  ["2026-03-01", "2026-03-01T00:00:00.000Z"],
  ["2026-03-01T09:30Z", "2026-03-01T09:30:00.000Z"],
  ["2026-03-01T09:30:15+02:00", "2026-03-01T07:30:15.000Z"],
  ["2026-03-01 09:30:15.1239-0130", "2026-03-01T11:00:15.123Z"],
  ["2024-02-29t00:00:00z", "2024-02-29T00:00:00.000Z"],
  ["0099-01-01", "0099-01-01T00:00:00.000Z"],
  ["2026-01-01T00:00:00+05", "2025-12-31T19:00:00.000Z"],
])("reads %s", (text, instant) => {
  expect(new Date(parseInstant(text) ?? Number.NaN).toISOString()).toBe(instant);
});

it.each([
  "2026-03-01T09:30",
  "2026-02-29",
  "2026-13-01",
  "2026-00-10",
  "2026-04-31",
  "2026-03-01T24:00Z",
  "2026-03-01T09:60Z",
  "2026-03-01T09:30:60Z",
  "2026-03-01T09Z",
  "2026-03-01T09:30+24:00",
  "2026-3-1",
  "20260301",
  "2026",
  "now",
  "",
  " 2026-03-01",
])("refuses %j", (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

it("reads every instant as it is written, and knows its day", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
      const instant = parseInstant(date.toISOString());

      expect(instant).toBe(date.getTime());
      expect(new Date(startOfDay(dayOf(date.getTime()))).toISOString()).toBe(`${date.toISOString().slice(0, 10)}T00:00:00.000Z`);
    }),
  );
});
