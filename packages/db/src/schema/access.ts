import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, check, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { user } from "./accounts.ts";
import { createdAt, id, instant, sha256 } from "./columns.ts";
import { environment } from "./environments.ts";
import { apiKey, member, organisation, project, role } from "./organisations.ts";

/** A role an organisation made for itself. */
export const customRole = pgTable(
  "custom_role",
  {
    id: id(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    name: text().notNull(),
    description: text().notNull().default(""),
    /** Keys of permissions. One that a newer version no longer knows permits nothing. */
    permissions: text().array().notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.organisationId, table.name)],
);

export const userGroup = pgTable(
  "user_group",
  {
    id: id(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    name: text().notNull(),
    description: text().notNull().default(""),
    /** Its name in the directory that people sign in with; claims put them in and take them out. */
    externalId: text(),
    /** Whoever becomes a member is put in. */
    isDefault: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.organisationId, table.name), unique().on(table.organisationId, table.externalId)],
);

export const groupMember = pgTable(
  "group_member",
  {
    groupId: integer()
      .notNull()
      .references(() => userGroup.id, { onDelete: "cascade" }),
    memberId: integer()
      .notNull()
      .references(() => member.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.memberId] }), index().on(table.memberId)],
);

/** A role for a member, a group or an API key: in the whole organisation, or limited to a project, an environment, tags. */
export const roleGrant = pgTable(
  "role_grant",
  {
    id: id(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    memberId: integer().references(() => member.id, { onDelete: "cascade" }),
    groupId: integer().references(() => userGroup.id, { onDelete: "cascade" }),
    apiKeyId: integer().references(() => apiKey.id, { onDelete: "cascade" }),
    role: role(),
    customRoleId: integer().references(() => customRole.id, { onDelete: "cascade" }),
    projectId: integer().references(() => project.id, { onDelete: "cascade" }),
    environmentId: integer().references(() => environment.id, { onDelete: "cascade" }),
    /** Not a relation: with its last tag gone, a limited grant must not become an unlimited one. Null does not limit. */
    tagIds: integer().array(),
    createdAt: createdAt(),
  },
  (table) => [
    check("role_grant_subject", sql`num_nonnulls(${table.memberId}, ${table.groupId}, ${table.apiKeyId}) = 1`),
    check("role_grant_role", sql`num_nonnulls(${table.role}, ${table.customRoleId}) = 1`),
    check("role_grant_no_owner", sql`${table.role} <> 'owner'`),
    check("role_grant_place", sql`${table.environmentId} is null or ${table.projectId} is not null`),
    index().on(table.organisationId),
    index().on(table.memberId),
    index().on(table.groupId),
    index().on(table.apiKeyId),
  ],
);

/** A way into an organisation: by mail for one address, or by a link for whoever has it. Only the token's hash is kept. */
export const invitation = pgTable(
  "invitation",
  {
    id: id(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    tokenHash: sha256().notNull().unique(),
    /** Lower case; null for a link. */
    email: text(),
    role: role(),
    groupIds: integer().array().notNull().default([]),
    /** How many may come in by it; null for any number. */
    maxUses: integer(),
    uses: integer().notNull().default(0),
    createdBy: text().references((): AnyPgColumn => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
  },
  (table) => [index().on(table.organisationId), check("invitation_no_owner", sql`${table.role} <> 'owner'`)],
);
