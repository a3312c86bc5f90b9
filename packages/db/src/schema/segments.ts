import type { Rule } from "@halyard/evaluator/model";
import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";
import { environment } from "./environments.ts";
import { flag, seed, stateColumns } from "./flags.ts";
import { project } from "./organisations.ts";

export const segment = pgTable(
  "segment",
  {
    id: id(),
    projectId: integer()
      .notNull()
      .references(() => project.id, { onDelete: "cascade" }),
    key: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(""),
    seed: seed(),
    /** The `segment_version` in force. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.projectId, table.key), unique().on(table.projectId, table.seed)],
);

/** Immutable: revisions refer to a segment's rules by (segment, version) instead of carrying them. */
export const segmentVersion = pgTable(
  "segment_version",
  {
    id: id(),
    segmentId: integer()
      .notNull()
      .references(() => segment.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    name: text().notNull(),
    rules: jsonb().$type<readonly Rule[]>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.segmentId, table.version)],
);

export const segmentOverride = pgTable(
  "segment_override",
  {
    id: id(),
    environmentId: integer()
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    flagId: integer()
      .notNull()
      .references(() => flag.id, { onDelete: "cascade" }),
    segmentId: integer()
      .notNull()
      .references(() => segment.id, { onDelete: "cascade" }),
    /** 0 is the strongest. */
    priority: integer().notNull(),
    ...stateColumns,
  },
  (table) => [
    unique().on(table.environmentId, table.flagId, table.segmentId),
    index().on(table.flagId),
    index().on(table.segmentId),
  ],
);
