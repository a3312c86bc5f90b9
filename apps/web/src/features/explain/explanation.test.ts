import { expect, it } from "vitest";
import { anExplanation } from "../../testing/an-explanation.ts";
import type { ConditionTrace } from "./explanation.ts";
import { explanationText, givenWords, placementSentence, requirementSentence } from "./explanation.ts";

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
  expect(placementSentence({ by: "company", place: 80, arms: [{ variant: "big", from: 0, below: 30, isHit: false }] })).toBe(
    "Falls at 80 of 100 by its company: in no variant, so it gets the flag’s own value.",
  );
});

const trace = (given: Partial<ConditionTrace>): ConditionTrace => ({
  operator: "EQUAL",
  property: "roles",
  value: "admin",
  ignoreCase: false,
  elements: null,
  given: null,
  matches: false,
  verdicts: null,
  moments: null,
  split: null,
  ...given,
});

it.each<[Partial<ConditionTrace>, string]>([
  [{ given: null }, "it is not set"],
  [{ given: true }, "it is true"],
  [{ given: ["dev", "admin"], elements: "any", verdicts: [false, true] }, "it is the list “dev”, “admin”, of which 1 passes"],
  [{ given: ["dev"], elements: "all", verdicts: [false] }, "it is the list “dev”, of which none pass"],
  [{ given: [], elements: "any", verdicts: [] }, "it is an empty list"],
  [{ given: "2026-03-01", moments: { given: Date.UTC(2026, 2, 1), bound: 0 } }, "it is 1 March 2026, 00:00 UTC"],
  [{ given: "ada", split: { place: 7, limit: null } }, "it falls at 7 of 100, and no share is given"],
])("says of %j what the condition met", (given, words) => {
  expect(givenWords(trace(given))).toBe(words);
});

it.each([
  [{ enabled: true, variant: null }, { enabled: false, variant: null }, "payments must be on; it is off"],
  [{ enabled: true, variant: "dark" }, { enabled: true, variant: "light" }, "payments must answer dark; it answers light"],
  [{ enabled: true, variant: "dark" }, { enabled: false, variant: null }, "payments must answer dark; it is off"],
  [{ enabled: false, variant: null }, null, "payments must be off; it is missing, or requires itself in a circle"],
])("says what is required and what there is", (required, given, sentence) => {
  expect(requirementSentence({ flag: "payments", required, given, isMet: false })).toBe(sentence);
});
