import { OPERATORS, RULE_TYPES } from "@halyard/evaluator/model";
import { z } from "zod";
import { evaluateInput, outcome } from "./identities.ts";
import { flagKey, text } from "./text.ts";

/** How one flag is decided for a context, without storing anything. */
export const explainInput = evaluateInput.extend({ flag: flagKey });

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const conditionTrace = z.object({
  operator: z.enum(OPERATORS),
  property: z.string(),
  value: z.union([z.string(), z.array(z.string())]),
  ignoreCase: z.boolean(),
  /** Of a list, whether one element or every element must pass; null for a condition that is not about lists. */
  elements: z.enum(["any", "all"]).nullable(),
  /** What the property holds; the identity's key for a split without a property; null where it is not set. */
  given: z.union([scalar, z.array(scalar.nullable())]).nullable(),
  matches: z.boolean(),
  /** Where `given` is a list: the verdict on each element. */
  verdicts: z.array(z.boolean()).nullable(),
  /** For BEFORE, AFTER and ON: what is compared, in milliseconds since 1970; null for what is no moment. */
  moments: z.object({ given: z.number().nullable(), bound: z.number().nullable() }).nullable(),
  /** For PERCENTAGE_SPLIT of a value that is set: in when `place` ≤ `limit`, both in percent; no limit lets nobody in. */
  split: z.object({ place: z.number(), limit: z.number().nullable() }).nullable(),
});

/** Conditions and sub-rules are quantified apart by the type, and both must hold. */
export interface RuleExplanation {
  type: (typeof RULE_TYPES)[number];
  matches: boolean;
  conditions: z.output<typeof conditionTrace>[];
  rules: RuleExplanation[];
}

const ruleTrace: z.ZodType<RuleExplanation> = z.object({
  type: z.enum(RULE_TYPES),
  matches: z.boolean(),
  conditions: z.array(conditionTrace),
  rules: z.array(z.lazy(() => ruleTrace)),
});

const looked = z.object({
  /** Whether its state may decide. */
  applies: z.boolean(),
  /** The first step that applies has decided. */
  decided: z.boolean(),
  /** Where somebody falls among the variants, in percent: an arm has those from `from` inclusive to `below` exclusive. */
  placement: z
    .object({
      /** The property whose value is placed; null for the identity. */
      by: z.string().nullable(),
      place: z.number(),
      arms: z.array(z.object({ variant: z.string().nullable(), from: z.number(), below: z.number(), isHit: z.boolean() })),
    })
    .nullable(),
});

const prerequisite = z.object({
  /** Key of the required flag, or `#<id>` where it is missing. */
  flag: z.string(),
  /** What it must answer; null for any variant. */
  required: z.object({ enabled: z.boolean(), variant: z.string().nullable() }),
  /** What it answers; null where it is missing or requires itself in a circle, and so meets nothing. */
  given: z.object({ enabled: z.boolean(), variant: z.string().nullable() }).nullable(),
  isMet: z.boolean(),
});

export const explainOutput = z.object({
  version: z.number().int(),
  /** Names this decision: with the same context it can be made once more, as the environment was then. Tells nothing of the context. */
  token: z.string(),
  outcome,
  /** Whatever step decided, the flag is off unless all of these are met. */
  prerequisites: z.array(prerequisite),
  /** From the strongest: the identity's override, each segment override, the environment; also those behind the one that decided. */
  steps: z.array(
    z.discriminatedUnion("source", [
      looked.extend({ source: z.literal("identity") }),
      looked.extend({
        source: z.literal("segment"),
        segment: z.object({ key: z.string(), name: z.string() }),
        rules: z.array(ruleTrace),
      }),
      looked.extend({ source: z.literal("environment") }),
    ]),
  ),
});

/** The same decision once more: the context must be the one the token was made for. */
export const replayInput = evaluateInput.extend({ token: text(4_000) });
export const replayOutput = explainOutput.extend({
  /** Whether it comes out as it did. */
  matches: z.boolean(),
  /** What does not. */
  differences: z.array(
    z.object({
      what: z.enum(["reason", "place"]),
      then: z.union([z.string(), z.number()]).nullable(),
      again: z.union([z.string(), z.number()]).nullable(),
    }),
  ),
});
