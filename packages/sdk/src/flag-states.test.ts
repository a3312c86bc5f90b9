import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forEachFlagState } from "./flag-states.ts";
import { pairwise } from "./pairwise.ts";

describe("combinations by pairs", () => {
  it("let every two levels of every two factors meet, and are fewer than all", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }), (sizes) => {
        const rows = pairwise(sizes);

        for (const [i, a] of sizes.entries())
          for (const [j, b] of sizes.entries())
            for (let x = 0; i < j && x < a; x++)
              for (let y = 0; y < b; y++) expect(rows.some((row) => row[i] === x && row[j] === y)).toBe(true);
        expect(rows.every((row) => row.length === sizes.length && row.every((level, i) => level < sizes[i]!))).toBe(true);
        expect(rows.length).toBeLessThanOrEqual(sizes.reduce((product, size) => product * size, 1));
      }),
    );
  });

  it("are few where all combinations would be many", () => {
    expect(pairwise(Array.from({ length: 10 }, () => 2)).length).toBeLessThanOrEqual(12);
  });
});

describe("a test for each state of flags", () => {
  it("meets each flag on and off, with the coded default as its value", async () => {
    const seen: unknown[] = [];

    await forEachFlagState(["beta", "limit"], (flags) => void seen.push([flags.get("beta"), flags.details("limit").enabled]), {
      defaults: { limit: 50 },
    });

    expect(seen).toHaveLength(4);
    expect(new Set(seen.map((pair) => JSON.stringify(pair)))).toHaveProperty("size", 4);
  });

  it("meets the values that are given, and off", async () => {
    const seen: unknown[] = [];

    await forEachFlagState({ limit: [1, 2], beta: [true] }, (flags) => void seen.push([flags.get("limit"), flags.get("beta")]));

    expect(seen).toHaveLength(6);
    expect(seen).toContainEqual([undefined, false]);
    expect(seen).toContainEqual([2, true]);
  });

  it("names the combination in which a test fails", async () => {
    const run = forEachFlagState({ limit: [1, 0], beta: [true] }, (flags) => {
      if (flags.get("limit") === 0 && flags.get("beta") === false) throw new Error("division by zero");
    });

    await expect(run).rejects.toThrow("Failed with limit 0, beta off: division by zero");
  });
});
