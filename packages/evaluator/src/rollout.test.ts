import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, evaluate, type FlagState } from "./index.ts";
import { identifier } from "./testing/arbitraries.ts";
import { flag, snapshot, snapshotFor } from "./testing/world.ts";

const weight = fc.double({ min: 0, max: 100, noNaN: true });
const PEOPLE = 100_000;

const armed = (...weights: readonly number[]): FlagState["variants"] =>
  weights.map((percent, i) => ({ id: i + 1, key: `v${i}`, value: i, weight: percent }));
const rollout = (given: Partial<FlagState>) => compile(snapshot({ flags: [flag(given)] }));

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

describe.each([
  ["the identity", undefined],
  ["another property", "company"],
])("by %s", (_by, bucketBy) => {
  const state = bucketBy === undefined ? {} : { bucketBy };
  const who = (text: string) => ({ targetingKey: text, attributes: { company: text } });

  it("never moves someone out of a variant whose weight grows at the cost of control", () => {
    fc.assert(
      fc.property(fc.tuple(identifier, fc.nat(1_000)), weight, weight, ([text, seed], a, b) => {
        const variantAt = (percent: number) =>
          evaluate(rollout({ ...state, variants: armed(percent), seed: String(seed) }), "flag", who(text)).variant;

        if (variantAt(Math.min(a, b)) === "v0") expect(variantAt(Math.max(a, b))).toBe("v0");
      }),
    );
  });

  it("moves nobody but those of the share that changes hands", () => {
    const [before, after] = [armed(30, 30), armed(40, 20)].map((variants) => rollout({ ...state, variants }));
    for (let i = 0; i < 5_000; i++) {
      const [was, is] = [before, after].map((it) => evaluate(it!, "flag", who(`user-${i}`)).variant);
      if (was !== is) expect([was, is]).toEqual(["v1", "v0"]);
    }
  });

  it("gives each variant its share of 100,000, within five standard deviations", () => {
    const shares = [0.01, 0.2, 0.3, 0.49];
    const compiled = rollout({ ...state, variants: armed(1, 20, 30) });
    const counts = new Map<string | null, number>();

    for (let i = 0; i < PEOPLE; i++) {
      const { variant } = evaluate(compiled, "flag", who(`user-${i}`));
      counts.set(variant, (counts.get(variant) ?? 0) + 1);
    }

    for (const [i, share] of shares.entries())
      expect(Math.abs((counts.get(i === 3 ? "control" : `v${i}`) ?? 0) - share * PEOPLE)).toBeLessThan(
        5 * Math.sqrt(PEOPLE * share * (1 - share)),
      );
  });

  it("gives 0 % nobody and 100 % everybody", () => {
    fc.assert(
      fc.property(identifier, fc.nat(9_999), (text, seed) => {
        const hit = (...weights: number[]) =>
          evaluate(rollout({ ...state, variants: armed(...weights), seed: String(seed) }), "flag", who(text)).variant;

        expect([hit(0), hit(100), hit(0, 100), hit(100, 0)]).toEqual(["control", "v0", "v1", "v0"]);
      }),
    );
  });
});

it("places whoever has the same value together, and nobody without one", () => {
  const compiled = rollout({ bucketBy: "company", variants: armed(50, 50) });
  const variantOf = (targetingKey: string, company?: string | number) =>
    evaluate(compiled, "flag", { targetingKey, attributes: company === undefined ? {} : { company } }).variant;

  for (let i = 0; i < 100; i++) expect(variantOf(`user-${i}`, "acme")).toBe(variantOf("ada", "acme"));
  expect(variantOf("ada", "007")).toBe(variantOf("bob", 7));
  expect(variantOf("ada")).toBeNull();
  expect(evaluate(compiled, "flag", { attributes: { company: "acme" } }).variant).toBe(variantOf("ada", "acme"));
});

it("places nobody of one flag by where another flag has placed them", () => {
  const [a, b] = ["101", "102"].map((seed) => rollout({ seed, variants: armed(10, 10, 10, 10, 10, 10, 10, 10, 10, 10) }));
  const counts = new Map<string, number>();

  for (let i = 0; i < PEOPLE; i++) {
    const cell = [a, b].map((it) => evaluate(it!, "flag", { targetingKey: `user-${i}` }).variant).join();
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }

  const expected = PEOPLE / 100;
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(counts.size).toBe(100);
  // 81 degrees of freedom: above 146 only once in 10^5 pairs of flags.
  expect(chiSquare).toBeLessThan(146);
});
