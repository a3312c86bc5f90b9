import { expect, it } from "vitest";
import type { FlagDetail } from "./flag.ts";
import { flagSentence, summarySentence, switchConsequence } from "./sentences.ts";
import { aFlag } from "./testing/a-flag.ts";

const override = (name: string, state: Partial<FlagDetail["state"]>) => ({
  id: 1,
  segment: { key: name.toLowerCase(), name },
  priority: 0,
  enabled: true,
  value: null,
  weights: [],
  ...state,
});

it.each<[string, Partial<FlagDetail>]>([
  ["On for everyone", { state: { enabled: true, value: null, weights: [] } }],
  ["Off for everyone", {}],
  [
    "On for Beta testers and Staff, off for everyone else",
    { segmentOverrides: [override("Beta testers", {}), override("Staff", {})] },
  ],
  [
    "20 for Loyal customers, 50 for everyone else",
    {
      valueType: "number",
      state: { enabled: true, value: 50, weights: [] },
      segmentOverrides: [override("Loyal customers", { value: 20 })],
    },
  ],
  [
    "25 % gift-guide, “Autumn sale” for the rest",
    {
      valueType: "string",
      state: { enabled: true, value: "Autumn sale", weights: [{ variant: "gift-guide", weight: 25 }] },
    },
  ],
  [
    "60 % a and 40 % b for everyone",
    {
      valueType: "string",
      state: {
        enabled: true,
        value: "x",
        weights: [
          { variant: "a", weight: 60 },
          { variant: "b", weight: 40 },
        ],
      },
    },
  ],
])("says “%s”", (sentence, flag) => {
  expect(flagSentence(aFlag(flag))).toBe(sentence);
});

it("keeps a long text on one line", () => {
  const flag = aFlag({ valueType: "string", state: { enabled: true, value: "long ".repeat(500), weights: [] } });

  expect(flagSentence(flag).length).toBeLessThan(80);
});

it("counts segments whose names are not known yet", () => {
  const flag = aFlag({
    states: [
      {
        environment: "production",
        enabled: false,
        value: null,
        weights: [],
        segmentOverrides: 2,
        identityOverrides: 1,
        prerequisites: 0,
        flagsmithExact: true,
      },
    ],
  });

  expect(summarySentence(flag, "production")).toBe("Off for everyone outside 2 segments; one identity has their own");
});

it("says who is not touched by the switch", () => {
  const flag = aFlag({
    states: [
      {
        environment: "production",
        enabled: false,
        value: null,
        weights: [],
        segmentOverrides: 1,
        identityOverrides: 0,
        prerequisites: 0,
        flagsmithExact: true,
      },
    ],
  });

  expect(switchConsequence(flag, true, { slug: "production", name: "Production" })).toBe(
    "It goes on in Production for everyone except one segment with a rule of their own, at once.",
  );
});
