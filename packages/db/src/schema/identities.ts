import { index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, instant, sha256, value } from "./columns.ts";
import { environment } from "./environments.ts";
import { flag, stateColumns } from "./flags.ts";

export const identity = pgTable(
  "identity",
  {
    id: id(),
    environmentId: integer()
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    identifier: text().notNull(),
    /** Unique in place of `identifier`, which may be longer than an index entry can be. */
    identifierHash: sha256().notNull(),
    createdAt: createdAt(),
    lastSeen: instant(),
  },
  (table) => [unique().on(table.environmentId, table.identifierHash), index().on(table.environmentId, table.id)],
);

export const trait = pgTable(
  "trait",
  {
    id: id(),
    identityId: integer()
      .notNull()
      .references(() => identity.id, { onDelete: "cascade" }),
    key: text().notNull(),
    value: value().notNull(),
    updatedAt: createdAt(),
  },
  (table) => [unique().on(table.identityId, table.key)],
);

export const identityOverride = pgTable(
  "identity_override",
  {
    id: id(),
    environmentId: integer()
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    identityId: integer()
      .notNull()
      .references(() => identity.id, { onDelete: "cascade" }),
    flagId: integer()
      .notNull()
      .references(() => flag.id, { onDelete: "cascade" }),
    ...stateColumns,
  },
  (table) => [unique().on(table.identityId, table.flagId), index().on(table.environmentId), index().on(table.flagId)],
);
