import { expect, it } from "vitest";
import { anExplanation } from "../../testing/an-explanation.ts";
import { explanationText, placementSentence } from "./explanation.ts";

it("tells the whole way to an answer in sentences", () => {
  expect(explanationText(anExplanation).split("\n")).toEqual([
    "hero-banner: “Welcome back”. Is in Loyal customers, the first segment with a rule that matches. Within it falls into the 30 % that get big.",
    "Read at v12; reason SPLIT.",
    "1. Override of this identity. It has none.",
    "2. Rule for Staff. Is not in Staff.",
    "   Not all of these hold:",
    "     Does not hold: badge is known; it is not set.",
    "3. Rule for Loyal customers (decided). Is in Loyal customers.",
    "   One of these is enough, and one holds:",
    "     Holds: orders is more than 10; it is 12.",
    "     Does not hold: plan is one of pro, max; it is “free”.",
    "     None of these may hold, but one does:",
    "       Holds: in a random 20 %; it falls at 12.5 of 100; up to 20 are in.",
    "   Falls at 34.214 of 100: in big, which has 30 to 60.",
    "4. Everyone else. What everybody gets whom no rule names. But a stronger step has decided.",
  ]);
});

it("says where somebody falls whom no variant has", () => {
  expect(placementSentence({ place: 80, arms: [{ variant: "big", from: 0, below: 30, isHit: false }] })).toBe(
    "Falls at 80 of 100: in no variant, so it gets the flag’s own value.",
  );
});
