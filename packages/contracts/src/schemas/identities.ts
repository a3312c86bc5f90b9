import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { bucketBy, identityOverride } from "./flags.ts";
import { inEnvironment, page, pageOf, write } from "./scope.ts";
import { flagKey, id, instant, text } from "./text.ts";
import { jsonValue, valueType, weights } from "./values.ts";

export const identifier = text(LIMITS.identifier).min(1, "Write at least one character.");
export const traitKey = text(LIMITS.traitKey).min(1, "Write at least one character.");
const WRONG_TRAIT = `Use text of at most ${LIMITS.traitValue} characters, a number, true or false, or a list of at most ${LIMITS.traitItems} of them.`;

const traitScalar = z.union([text(LIMITS.traitValue), z.number(), z.boolean()]);
export const traitValue = z.union([traitScalar, z.array(traitScalar).max(LIMITS.traitItems)], WRONG_TRAIT);
const attributes = z.record(traitKey, z.union([traitValue, z.null()], WRONG_TRAIT));

export const identitySummary = z.object({
  id,
  identifier: z.string(),
  createdAt: instant,
  lastSeen: instant.nullable(),
  overrides: z.number().int(),
  traits: z.number().int(),
});

/** What one context gets from one flag, and why. */
export const outcome = z.object({
  flag: z.string(),
  valueType,
  enabled: z.boolean(),
  value: jsonValue,
  variant: z.string().nullable(),
  reason: z.string(),
  source: z.enum(["environment", "segment", "identity"]),
  segment: z.string().nullable(),
  weight: z.number().nullable(),
  /** Key of the first prerequisite that is not met: the flag is off because of it. */
  prerequisite: z.string().nullable(),
});

export const identityDetail = identitySummary.extend({
  traitValues: z.record(z.string(), traitValue),
  segments: z.array(z.object({ key: z.string(), name: z.string() })),
  outcomes: z.array(outcome),
  flagOverrides: z.array(identityOverride.omit({ identifier: true }).extend({ flag: z.string() })),
});

const ofIdentity = inEnvironment.extend({ identifier });
export const getIdentityInput = ofIdentity;
/** `q` finds identifiers that contain it, or exactly it in double quotes. */
export const listIdentitiesInput = inEnvironment.extend({ ...page.shape, q: text(LIMITS.identifier + 2).optional() });
export const identityPage = pageOf(identitySummary);
export const createIdentityInput = ofIdentity.extend({ traits: z.record(traitKey, traitValue).default({}) });
/** Null removes the trait. */
export const setTraitInput = ofIdentity.extend({ key: traitKey, value: z.union([traitValue, z.null()], WRONG_TRAIT) });
/** Forgets traits, overrides and the identity itself. */
export const deleteIdentityInput = ofIdentity;
export const setIdentityOverrideInput = ofIdentity.extend({
  flag: flagKey,
  enabled: z.boolean(),
  value: jsonValue.optional(),
  weights: weights.optional(),
  bucketBy,
  ...write.shape,
});
export const deleteIdentityOverrideInput = ofIdentity.extend({ flag: flagKey, ...write.shape });

/** Tries a context without storing anything. */
export const evaluateInput = inEnvironment.extend({ targetingKey: identifier.optional(), attributes: attributes.default({}) });
export const evaluateOutput = z.object({
  version: z.number().int(),
  segments: z.array(z.object({ key: z.string(), name: z.string() })),
  outcomes: z.array(outcome),
});
