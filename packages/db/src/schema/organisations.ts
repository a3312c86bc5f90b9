import { type AnyPgColumn, boolean, index, integer, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";
import { user } from "./accounts.ts";
import { createdAt, id, instant, sha256 } from "./columns.ts";

/** Built-in roles; organisations make others in `custom_role`. */
export const role = pgEnum("role", ["owner", "admin", "editor", "viewer"]);

export const organisation = pgTable("organisation", {
  id: id(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  /** Members without a second factor can do nothing in it. */
  requireTwoFactor: boolean().notNull().default(false),
  createdAt: createdAt(),
});

export const member = pgTable(
  "member",
  {
    id: id(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    /** In the whole organisation. Null where only grants and groups give something. */
    role: role(),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.organisationId, table.userId), index().on(table.userId)],
);

export const project = pgTable(
  "project",
  {
    id: id(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    name: text().notNull(),
    slug: text().notNull(),
    /** What environments inherit whose own setting is null. */
    hideDisabledFlags: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.organisationId, table.slug)],
);

/** A program's credential for the management API: `hal_<keyId>_<secret>_<crc>`. Only the secret's hash is kept. */
export const apiKey = pgTable(
  "api_key",
  {
    id: id(),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** In the whole organisation. Null where only grants give something. */
    role: role(),
    keyId: text().notNull().unique(),
    secretHash: sha256().notNull(),
    createdAt: createdAt(),
    expiresAt: instant(),
    revokedAt: instant(),
    lastUsedAt: instant(),
    /** The key that takes its place, where it was rotated; it then expires at the end of the grace. */
    replacedBy: integer().references((): AnyPgColumn => apiKey.id, { onDelete: "set null" }),
  },
  (table) => [index().on(table.organisationId)],
);

/** Facts about this installation as a whole, such as the hash of the set-up link's token. */
export const instanceSetting = pgTable("instance_setting", {
  key: text().primaryKey(),
  value: text().notNull(),
});
