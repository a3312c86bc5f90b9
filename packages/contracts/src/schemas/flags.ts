import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { inEnvironment, inProject, ofFlag, ofFlagState, page, pageOf, projectWrite, write } from "./scope.ts";
import { colour, description, filled, flagKey, id, instant, slug, text } from "./text.ts";
import { jsonValue, valueSchema, valueType, weight, weights } from "./values.ts";

export const variant = z.object({ id, key: z.string().nullable(), value: jsonValue, defaultWeight: z.number() });

/** What a flag answers somewhere; `weights` name variants by key (or `#<id>` for a keyless import). */
export const state = z.object({
  enabled: z.boolean(),
  value: jsonValue,
  weights: z.array(z.object({ variant: z.string(), weight: z.number() })),
  /** Attribute whose value is placed among the variants. Left out: the identity. */
  bucketBy: z.string().optional(),
});

/** What another flag of the same environment must answer for this one to be on. */
export const prerequisite = z.object({
  flag: z.string(),
  enabled: z.boolean(),
  /** Key of the variant it must answer with, or `control`; null for any. */
  variant: z.string().nullable(),
});

export const flagSummary = z.object({
  id,
  key: z.string(),
  description: z.string(),
  valueType,
  /** What every value of the flag satisfies; null for any value of its type. */
  valueSchema: valueSchema.nullable(),
  /** What new environments start with. */
  defaultValue: jsonValue,
  serverOnly: z.boolean(),
  archivedAt: instant.nullable(),
  createdAt: instant,
  tags: z.array(z.string()),
  owners: z.array(z.object({ userId: z.string(), name: z.string() })),
  variants: z.array(variant),
  /** By environment slug, in the environments' order. */
  states: z.array(
    state.extend({
      environment: z.string(),
      segmentOverrides: z.number().int(),
      identityOverrides: z.number().int(),
      prerequisites: z.number().int(),
      /** False where Flagsmith's clients that evaluate themselves get it as off; the detail says why. */
      flagsmithExact: z.boolean(),
    }),
  ),
  /** The newest revision that touched the flag in the asked environment. */
  lastChange: z.object({ version: z.number().int(), actor: z.string(), at: instant }).nullable(),
});

export const segmentOverride = state.extend({
  id,
  segment: z.object({ key: z.string(), name: z.string() }),
  priority: z.number().int(),
});
export const identityOverride = state.extend({ id, identifier: z.string() });

/** One flag in one environment. */
export const flagDetail = flagSummary.extend({
  environment: z.string(),
  /** The environment's version this was read at; give it back as `expectedVersion`. */
  version: z.number().int(),
  state,
  segmentOverrides: z.array(segmentOverride),
  identityOverrides: z.array(identityOverride),
  /** All must be met, or the flag is off here for everyone. */
  prerequisites: z.array(prerequisite),
  /** Whether Flagsmith's clients that evaluate themselves decide it as Halyard does; where not, it is off for them. */
  flagsmith: z.object({ exact: z.boolean(), reasons: z.array(z.string()) }),
  /** Flags that require this one here, and what of it; archived ones too. */
  dependents: z.array(prerequisite.extend({ isArchived: z.boolean() })),
});

export const listFlagsInput = inEnvironment.extend({
  ...page.shape,
  /** Part of key or description. */
  q: text(200).optional(),
  tag: z.array(text(LIMITS.name)).max(20).optional(),
  owner: text(100).optional(),
  state: z.enum(["on", "off"]).optional(),
  archived: z.boolean().default(false),
  sort: z.enum(["key", "created"]).default("key"),
});
export const flagPage = pageOf(flagSummary);

const newVariant = z.strictObject({ key: flagKey, value: jsonValue, weight: weight.default(0) });

export const createFlagInput = inProject.extend({
  key: flagKey,
  description: description.default(""),
  valueType: valueType.default("boolean"),
  /** State in every environment to begin with. */
  enabled: z.boolean().default(false),
  value: jsonValue.optional(),
  valueSchema: valueSchema.nullable().optional(),
  variants: z.array(newVariant).max(LIMITS.variantsPerFlag).default([]),
  serverOnly: z.boolean().default(false),
  tags: z.array(text(LIMITS.name)).max(LIMITS.tagsPerFlag).default([]),
  comment: projectWrite.shape.comment,
});
export const updateFlagInput = ofFlag.extend({
  description: description.optional(),
  serverOnly: z.boolean().optional(),
  /** Null removes it. Refused while a value of the flag does not satisfy it. */
  valueSchema: valueSchema.nullable().optional(),
  /** What new environments start with; no other value changes. */
  defaultValue: jsonValue.optional(),
  tags: z.array(text(LIMITS.name)).max(LIMITS.tagsPerFlag).optional(),
  /** User ids of members. */
  owners: z.array(text(100)).max(20).optional(),
  ...projectWrite.shape,
});
export const archiveFlagInput = ofFlag.extend({ archived: z.boolean(), ...projectWrite.shape });
/** `confirm` repeats the flag's key. Archived flags only. */
export const deleteFlagInput = ofFlag.extend({ confirm: z.string() });

/** Attribute whose value is placed among the variants, such as `company`; null for the identity. */
export const bucketBy = text(LIMITS.conditionProperty).min(1, "Name an attribute, or give null for the identity.").nullish();

/** Says what it should be, so a retry does not flip it back. */
export const setFlagEnabledInput = ofFlagState.extend({ enabled: z.boolean(), ...write.shape });
export const setFlagStateInput = ofFlagState.extend({
  enabled: z.boolean().optional(),
  value: jsonValue.optional(),
  weights: weights.optional(),
  bucketBy,
  ...write.shape,
});
/** All the prerequisites of the flag in this environment; an empty list removes them. */
export const setPrerequisitesInput = ofFlagState.extend({
  prerequisites: z
    .array(z.strictObject({ flag: flagKey, enabled: z.boolean().default(true), variant: flagKey.nullish() }))
    .max(LIMITS.prerequisitesPerFlag)
    .refine((list) => new Set(list.map((it) => it.flag)).size === list.length, "Name each flag once."),
  ...write.shape,
});

export const createVariantInput = ofFlag.extend({
  key: flagKey,
  value: jsonValue,
  defaultWeight: weight.default(0),
  ...projectWrite.shape,
});
export const updateVariantInput = ofFlag.extend({
  id,
  key: flagKey.optional(),
  value: jsonValue.optional(),
  ...projectWrite.shape,
});
export const deleteVariantInput = ofFlag.extend({ id, ...projectWrite.shape });

export const setSegmentOverrideInput = ofFlagState.extend({
  segment: slug,
  enabled: z.boolean(),
  value: jsonValue.optional(),
  weights: weights.optional(),
  bucketBy,
  /** Place among the flag's overrides, from 0, the strongest. A new one goes last unless it is given. */
  priority: z.number().int().min(0).max(10_000).optional(),
  ...write.shape,
});
export const deleteSegmentOverrideInput = ofFlagState.extend({ segment: slug, ...write.shape });
/** All segments of the flag's overrides, strongest first. */
export const reorderSegmentOverridesInput = ofFlagState.extend({ segments: z.array(slug).max(1_000), ...write.shape });

export const tag = z.object({ id, label: z.string(), colour: z.string(), description: z.string(), flags: z.number().int() });
export const createTagInput = inProject.extend({
  label: filled(LIMITS.name),
  colour: colour.default("#64748b"),
  description: description.default(""),
});
export const updateTagInput = inProject.extend({
  id,
  label: filled(LIMITS.name).optional(),
  colour: colour.optional(),
  description: description.optional(),
});
export const deleteTagInput = inProject.extend({ id });
