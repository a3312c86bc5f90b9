import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { givenRole, role, userId } from "./access.ts";
import { inOrganisation, inProject } from "./scope.ts";
import { email, flagKey, id, instant, name, slug } from "./text.ts";

/** Null where somebody has only what grants and groups give. */
const ownRole = role.nullable();

export const password = z
  .string()
  .min(LIMITS.password.min, `Use at least ${LIMITS.password.min} characters.`)
  .max(LIMITS.password.max, `Use at most ${LIMITS.password.max} characters.`);

/** The first administrator, with the token of the printed link. */
export const completeSetupInput = z.strictObject({
  token: z.string().max(200),
  name,
  email,
  password,
  organisation: name,
  project: name,
  flag: flagKey.optional(),
});
export const setupStatus = z.object({ needed: z.boolean() });
/** Where to go after set-up. */
export const setupResult = z.object({ organisation: slug, project: slug, environment: slug, flag: z.string().nullable() });

export const organisation = z.object({
  id,
  name: z.string(),
  slug: z.string(),
  role: ownRole,
  requireTwoFactor: z.boolean(),
  createdAt: instant,
});
export const createOrganisationInput = z.strictObject({ name, slug: slug.optional() });
export const updateOrganisationInput = inOrganisation.extend({
  name: name.optional(),
  /** Another one changes the address of everything in it. */
  slug: slug.optional(),
  /** Whether members without a second factor are kept out. */
  requireTwoFactor: z.boolean().optional(),
});

/** Who asks: a person with a session, or a program with an API key. */
export const me = z.object({
  kind: z.enum(["person", "program"]),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  organisations: z.array(organisation),
});

export const member = z.object({ userId: z.string(), name: z.string(), email: z.string(), role: ownRole, createdAt: instant });
/** Adds somebody. For an address without an account, `name` and an initial `password` make one. */
export const addMemberInput = inOrganisation.extend({
  email,
  role: ownRole,
  name: name.optional(),
  password: password.optional(),
});
export const setMemberRoleInput = inOrganisation.extend({ userId, role: ownRole });
export const ofMember = inOrganisation.extend({ userId });

export const apiKey = z.object({
  id,
  name: z.string(),
  role: ownRole,
  keyId: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  /** The key that takes its place, where it was rotated. */
  replacedBy: id.nullable(),
});
export const createApiKeyInput = inOrganisation.extend({ name, role: givenRole.nullable(), expiresAt: instant.optional() });
/** `key` is shown this once. */
export const createdApiKey = apiKey.extend({ key: z.string() });
export const revokeApiKeyInput = inOrganisation.extend({ id });
/** The old key works until `until`; a day where it is left out. */
export const rotateApiKeyInput = inOrganisation.extend({ id, until: instant.optional() });

export const project = z.object({ id, name: z.string(), slug: z.string(), hideDisabledFlags: z.boolean(), createdAt: instant });
/** Comes with the environments Development, Staging and Production unless others are named. */
export const createProjectInput = inOrganisation.extend({
  name,
  slug: slug.optional(),
  environments: z.array(name).min(1).max(20).optional(),
});
export const updateProjectInput = inProject.extend({ name: name.optional(), hideDisabledFlags: z.boolean().optional() });
/** `confirm` repeats the project's slug. */
export const deleteProjectInput = inProject.extend({ confirm: z.string() });
