import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { environment } from "./environments.ts";

/** The log that everything else reads: one row per change of one environment. Never updated. */
export const revision = pgTable(
  "revision",
  {
    environmentId: integer()
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    /** What happened, such as `flag.updated`; see `revisionKinds` in contracts. */
    kind: text().notNull(),
    /** `<noun>:<key>` of everything touched, to find the history of one thing. */
    subjects: text().array().notNull(),
    actor: text().notNull(),
    comment: text(),
    /** Canonical JSON (RFC 8785) of delta, before, after, actor and time. Kept as text because the hash is over these bytes. */
    body: text().notNull(),
    previousHash: text().notNull(),
    /** SHA-256, hex, of `previousHash` and `body`. */
    hash: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.version] }), index().using("gin", table.subjects)],
);

/** A whole environment at one version, so that cold start, resume and time travel need not replay the log from its beginning. */
export const snapshotCheckpoint = pgTable(
  "snapshot_checkpoint",
  {
    environmentId: integer()
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    /** JSON of the snapshot and its identity overrides. */
    body: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.version] })],
);
