import { expect, it } from "vitest";
import { initials } from "./Avatar.tsx";
import { exactTime, timeAgo } from "./RelativeTime.tsx";
import { rank } from "./rank.ts";

const NOON = Date.UTC(2026, 10, 22, 12);

it.each([
  [0, "just now"],
  [-59_000, "just now"],
  [-5 * 60_000, "5 min ago"],
  [-2 * 3_600_000, "2 h ago"],
  [-25 * 3_600_000, "yesterday"],
  [26 * 3_600_000, "tomorrow"],
])("tells %i ms from now as “%s”", (distance, words) => {
  expect(timeAgo(new Date(NOON + distance), NOON)).toBe(words);
});

it("names an instant in UTC too", () => {
  expect(exactTime(new Date(NOON))).toContain("2026-11-22 12:00:00 UTC");
});

it.each([
  ["Ana de Vries", "AV"],
  ["mei", "M"],
  ["👩‍🚀 Okoro", "👩‍🚀O"],
  ["", "?"],
])("shortens %s to %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});

it("puts the start of a name before the start of a word before the inside of one", () => {
  const names = ["recheckout", "new-checkout", "checkout-v2", "dark-mode"];

  expect(rank(names, "check", (name) => name)).toEqual(["checkout-v2", "new-checkout", "recheckout"]);
});
