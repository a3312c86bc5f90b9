import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** The cases of resilience that a realtime client is held to, by number; a test that shows one has its number in its name. */
const CASES = 40;

it("has a test for each of the forty cases", () => {
  const folder = new URL(".", import.meta.url);
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".test.ts"));
  const shown = new Set(
    files.flatMap((name) =>
      [...readFileSync(new URL(name, folder), "utf8").matchAll(/"\[(\d+)\] /g)].map(([, number]) => Number(number)),
    ),
  );

  expect(Array.from({ length: CASES }, (_, i) => i + 1).filter((number) => !shown.has(number))).toEqual([]);
  expect([...shown].filter((number) => number > CASES)).toEqual([]);
});
