import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, check, index, integer, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, instant, sha256 } from "./columns.ts";
import { project } from "./organisations.ts";

/** `free`: a toggle takes at once; `confirm`: it asks in a sentence; `review`: it becomes a change request. */
export const safety = pgEnum("safety", ["free", "confirm", "review"]);

export const environment = pgTable(
  "environment",
  {
    id: id(),
    projectId: integer()
      .notNull()
      .references(() => project.id, { onDelete: "cascade" }),
    name: text().notNull(),
    slug: text().notNull(),
    description: text().notNull().default(""),
    position: integer().notNull(),
    colour: text().notNull(),
    safety: safety().notNull().default("free"),
    /** Null inherits the project's setting. */
    hideDisabledFlags: boolean(),
    allowClientTraits: boolean().notNull().default(true),
    hideSensitiveData: boolean().notNull().default(false),
    /** Salt of every bucket, and `api_key` in Flagsmith's document. Set once; rotating keys leaves it alone. */
    bucketingKey: text().notNull().unique(),
    /** Written by `features/revisions` only, under the row's lock: gapless, and commit order is version order. */
    version: integer().notNull().default(0),
    /** Hash of the newest revision; with `version` it tells a restored database from an old message. */
    headHash: text().notNull().default(""),
    /** A new word whenever history was found to have been replaced. Versions never go down inside one epoch. */
    epoch: text().notNull(),
    /** Rises by at least a whole second with each version, so `Last-Modified` is unique per version. */
    documentUpdatedAt: instant().notNull().defaultNow(),
    /** What `$.now` is where it is compared with a constant. Moved on by revisions only; null before the first that needs it. */
    clockAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.projectId, table.slug), check("environment_version_not_negative", sql`${table.version} >= 0`)],
);

export const environmentKeyKind = pgEnum("environment_key_kind", ["client", "server"]);

/** SDK credentials. A client-side key is public and stored as it is; of a server key only the secret's hash is kept. */
export const environmentKey = pgTable(
  "environment_key",
  {
    id: id(),
    environmentId: integer()
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    kind: environmentKeyKind().notNull(),
    name: text().notNull(),
    /** The whole key (client), or the public part between `ser.` and the secret (server). */
    keyId: text().notNull().unique(),
    secretHash: sha256(),
    createdAt: createdAt(),
    expiresAt: instant(),
    revokedAt: instant(),
    lastUsedAt: instant(),
    /** The key that takes its place, where it was rotated; it then expires at the end of the grace. */
    replacedBy: integer().references((): AnyPgColumn => environmentKey.id, { onDelete: "set null" }),
  },
  (table) => [
    index().on(table.environmentId),
    check("environment_key_secret", sql`(${table.kind} = 'server') = (${table.secretHash} is not null)`),
  ],
);
