import fc from "fast-check";
import { expect, it } from "vitest";
import { compile, evaluate } from "./index.ts";
import { identifier } from "./testing/arbitraries.ts";
import { flag, snapshot, snapshotFor } from "./testing/world.ts";

const weight = fc.double({ min: 0, max: 100, noNaN: true });

it("never drops someone when a percentage split grows", () => {
  fc.assert(
    fc.property(identifier, weight, weight, (targetingKey, a, b) => {
      const isIn = (percent: number) =>
        evaluate(compile(snapshotFor({ operator: "PERCENTAGE_SPLIT", property: "", value: String(percent) })), "flag", {
          targetingKey,
        }).source === "segment";

      if (isIn(Math.min(a, b))) expect(isIn(Math.max(a, b))).toBe(true);
    }),
  );
});

it("never moves someone out of a variant whose weight grows at the cost of control", () => {
  fc.assert(
    fc.property(fc.tuple(identifier, fc.nat(1_000)), weight, weight, ([targetingKey, n], a, b) => {
      const variantAt = (percent: number) => {
        const variants = [{ id: 1, key: "a", value: "A", weight: percent }];
        return evaluate(compile(snapshot({ flags: [flag({ variants, seed: String(n) })] })), "flag", { targetingKey }).variant;
      };

      if (variantAt(Math.min(a, b)) === "a") expect(variantAt(Math.max(a, b))).toBe("a");
    }),
  );
});

it("spreads identities over variants by their weights", () => {
  const variants = [20, 30].map((weight, i) => ({ id: i, key: `v${i}`, value: i, weight }));
  const compiled = compile(snapshot({ flags: [flag({ variants })] }));
  const counts = new Map<string | null, number>();

  for (let i = 0; i < 20_000; i++) {
    const { variant } = evaluate(compiled, "flag", { targetingKey: `user-${i}` });
    counts.set(variant, (counts.get(variant) ?? 0) + 1);
  }

  // Five standard deviations of a binomial.
  for (const [key, share] of [
    ["v0", 0.2],
    ["v1", 0.3],
    ["control", 0.5],
  ] as const)
    expect(Math.abs((counts.get(key) ?? 0) - share * 20_000)).toBeLessThan(5 * Math.sqrt(20_000 * share * (1 - share)));
});
