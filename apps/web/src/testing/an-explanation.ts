import type { OutputOf } from "../lib/procedures.ts";

const PLAIN = { value: "", ignoreCase: false, elements: null, verdicts: null, moments: null, split: null } as const;

/** Ada is in Loyal customers by two of three conditions, and falls to the middle of three parts. */
export const anExplanation: OutputOf<"evaluations.explain"> = {
  version: 12,
  token: "1~e:12:00000000~hero-banner~0123456789abcdef0123456789abcdef~~~SPLIT",
  outcome: {
    flag: "hero-banner",
    valueType: "string",
    enabled: true,
    value: "Welcome back",
    variant: "big",
    reason: "SPLIT",
    source: "segment",
    segment: "Loyal customers",
    weight: 30,
    prerequisite: null,
  },
  prerequisites: [],
  steps: [
    { source: "identity", applies: false, decided: false, placement: null },
    {
      source: "segment",
      segment: { key: "staff", name: "Staff" },
      applies: false,
      decided: false,
      placement: null,
      rules: [
        {
          type: "ALL",
          matches: false,
          rules: [],
          conditions: [{ ...PLAIN, operator: "IS_SET", property: "badge", given: null, matches: false }],
        },
      ],
    },
    {
      source: "segment",
      segment: { key: "loyal", name: "Loyal customers" },
      applies: true,
      decided: true,
      placement: {
        by: null,
        place: 34.2137,
        arms: [
          { variant: "small", from: 0, below: 30, isHit: false },
          { variant: "big", from: 30, below: 60, isHit: true },
        ],
      },
      rules: [
        {
          type: "ANY",
          matches: true,
          conditions: [
            { ...PLAIN, operator: "GREATER_THAN", property: "orders", value: "10", given: 12, matches: true },
            { ...PLAIN, operator: "IN", property: "plan", value: ["pro", "max"], given: "free", matches: false },
          ],
          rules: [
            {
              type: "NONE",
              matches: false,
              rules: [],
              conditions: [
                {
                  ...PLAIN,
                  operator: "PERCENTAGE_SPLIT",
                  property: "",
                  value: "20",
                  given: "ada",
                  matches: true,
                  split: { place: 12.5, limit: 20 },
                },
              ],
            },
          ],
        },
      ],
    },
    { source: "environment", applies: true, decided: false, placement: null },
  ],
};
