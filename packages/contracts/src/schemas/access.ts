import { z } from "zod";
import { ALL_PERMISSIONS, type Permission } from "../permissions/permissions.ts";
import { ROLES } from "../permissions/roles.ts";
import { inOrganisation } from "./scope.ts";
import { description, id, instant, name, slug, text } from "./text.ts";

export const role = z.enum(ROLES);
/** Owners are made one by one, as members: never by a grant, an invitation or a key. */
export const givenRole = z.enum(["admin", "editor", "viewer"]);
export const permission = z.enum(ALL_PERMISSIONS as [Permission, ...Permission[]]);
export const userId = text(100);

/** A role of the organisation's own. */
export const customRole = z.object({
  id,
  name: z.string(),
  description: z.string(),
  permissions: z.array(permission),
  createdAt: instant,
});
const permissions = z.array(permission).min(1, "Choose at least one permission.").max(ALL_PERMISSIONS.length);
export const createRoleInput = inOrganisation.extend({ name, description: description.optional(), permissions });
export const updateRoleInput = inOrganisation.extend({
  id,
  name: name.optional(),
  description: description.optional(),
  permissions: permissions.optional(),
});
export const ofRole = inOrganisation.extend({ id });

export const group = z.object({
  id,
  name: z.string(),
  description: z.string(),
  externalId: z.string().nullable(),
  isDefault: z.boolean(),
  members: z.array(z.object({ userId: z.string(), name: z.string() })),
  createdAt: instant,
});
const groupSettings = {
  description: description.optional(),
  /** Its name in the directory people sign in with; null for none. */
  externalId: text(200).min(1, "Write at least one character.").nullable().optional(),
  /** Whoever becomes a member is put in. */
  isDefault: z.boolean().optional(),
};
export const createGroupInput = inOrganisation.extend({ name, ...groupSettings });
export const updateGroupInput = inOrganisation.extend({ id, name: name.optional(), ...groupSettings });
export const ofGroup = inOrganisation.extend({ id });
export const ofGroupMember = inOrganisation.extend({ id, userId });

/** Who holds a role where. Without a project it is held in the whole organisation, without tags for every flag. */
export const grant = z.object({
  id,
  subject: z.object({ kind: z.enum(["member", "group", "api-key"]), id: z.string(), name: z.string() }),
  role: role.nullable(),
  customRole: z.object({ id, name: z.string() }).nullable(),
  project: slug.nullable(),
  environment: slug.nullable(),
  /** Labels. Tags that were deleted are missing, and limit all the same. */
  tags: z.array(z.string()).nullable(),
  createdAt: instant,
});
/** One of `member` (a user id), `group` and `apiKey`; one of `role` and `customRole`. */
export const createGrantInput = inOrganisation.extend({
  member: userId.optional(),
  group: id.optional(),
  apiKey: id.optional(),
  role: givenRole.optional(),
  customRole: id.optional(),
  project: slug.optional(),
  environment: slug.optional(),
  /** Labels of the project's tags: permissions that go by tag hold only for flags with one of them. */
  tags: z.array(text(200)).min(1, "Name at least one tag, or leave tags out.").max(50).optional(),
});
export const ofGrant = inOrganisation.extend({ id });

/** What the caller may do in a place: the organisation, or a project or environment of it. */
export const ownPermissionsInput = inOrganisation.extend({ project: slug.optional(), environment: slug.optional() });
export const ownPermissions = z.object({
  role: role.nullable(),
  granted: z.array(permission),
  /** Held only for flags with one of these tags, by label. */
  byTag: z.array(z.object({ permission, tags: z.array(z.string()) })),
  /** Names of people who can grant what is missing. */
  granters: z.array(z.string()),
});
