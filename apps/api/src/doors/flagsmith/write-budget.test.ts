import { expect, it } from "vitest";
import { createWriteBudget } from "./write-budget.ts";

it("lets a public key store a burst and then only so many a second, without touching other keys", () => {
  let now = 0;
  const budget = createWriteBudget(() => now);
  const spend = (key: string, times: number) => Array.from({ length: times }, () => budget.spend(key)).filter(Boolean).length;

  const burst = spend("a", 6_000);
  now += 1_000;
  const later = spend("a", 6_000);

  expect([burst, later, spend("b", 1)]).toEqual([5_000, 200, 1]);
});
