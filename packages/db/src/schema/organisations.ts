import { boolean, index, integer, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";
import { user } from "./accounts.ts";
import { createdAt, id, instant, sha256 } from "./columns.ts";

export const role = pgEnum("role", ["administrator", "member"]);

export const organisation = pgTable("organisation", {
  id: id(),
  name: text().notNull(),
  slug: text().notNull().unique(),
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
    role: role().notNull(),
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
    role: role().notNull(),
    keyId: text().notNull().unique(),
    secretHash: sha256().notNull(),
    createdAt: createdAt(),
    expiresAt: instant(),
    revokedAt: instant(),
    lastUsedAt: instant(),
  },
  (table) => [index().on(table.organisationId)],
);

/** Facts about this installation as a whole, such as the hash of the set-up link's token. */
export const instanceSetting = pgTable("instance_setting", {
  key: text().primaryKey(),
  value: text().notNull(),
});
