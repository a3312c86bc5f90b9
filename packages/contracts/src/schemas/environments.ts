import { z } from "zod";
import { inEnvironment, inProject } from "./scope.ts";
import { colour, description, id, instant, name, slug } from "./text.ts";

export const safety = z.enum(["free", "confirm", "review"]);

export const environment = z.object({
  id,
  name: z.string(),
  slug: z.string(),
  description: z.string(),
  position: z.number().int(),
  colour: z.string(),
  safety,
  hideDisabledFlags: z.boolean().nullable(),
  allowClientTraits: z.boolean(),
  hideSensitiveData: z.boolean(),
  bucketingKey: z.string(),
  version: z.number().int(),
  documentUpdatedAt: instant,
  createdAt: instant,
});

const settings = {
  description: description.optional(),
  colour: colour.optional(),
  safety: safety.optional(),
  /** Null inherits the project's setting. */
  hideDisabledFlags: z.boolean().nullable().optional(),
  allowClientTraits: z.boolean().optional(),
  hideSensitiveData: z.boolean().optional(),
};

export const createEnvironmentInput = inProject.extend({ name, slug: slug.optional(), ...settings });
export const updateEnvironmentInput = inEnvironment.extend({
  name: name.optional(),
  /** New place among the project's environments, from 0. */
  position: z.number().int().min(0).max(1_000).optional(),
  ...settings,
});
/** `confirm` repeats the environment's slug. */
export const deleteEnvironmentInput = inEnvironment.extend({ confirm: z.string() });

export const environmentKeyKind = z.enum(["client", "server"]);
export const environmentKey = z.object({
  id,
  kind: environmentKeyKind,
  name: z.string(),
  /** The whole key where it is public (client-side), else `ser.<id>_…`. */
  preview: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  /** The key that takes its place, where it was rotated. */
  replacedBy: id.nullable(),
});
export const createEnvironmentKeyInput = inEnvironment.extend({ kind: environmentKeyKind, name, expiresAt: instant.optional() });
/** `key` is shown this once for server keys. */
export const createdEnvironmentKey = environmentKey.extend({ key: z.string() });
export const revokeEnvironmentKeyInput = inEnvironment.extend({ id });
/** The old key works until `until`; a day where it is left out. */
export const rotateEnvironmentKeyInput = inEnvironment.extend({ id, until: instant.optional() });
