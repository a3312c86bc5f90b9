import type { ListEdit, Rule } from "@halyard/evaluator/model";
import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
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
    /** The newest `segment_version`; the rules here are its rules. */
    version: integer().notNull().default(1),
    rules: jsonb().$type<readonly Rule[]>().notNull().default([]),
    /** Moments at which a comparison of `$.now` with a constant turns over, ascending, in milliseconds since 1970. */
    clockBoundaries: bigint({ mode: "number" }).array().notNull().default([]),
    /** Whether Flagsmith's clients can decide it themselves. */
    flagsmithExact: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [
    unique().on(table.projectId, table.key),
    unique().on(table.projectId, table.seed),
    // Few have dates, and the clock looks for them all the time.
    index("segment_with_dates").on(table.projectId).where(sql`cardinality(${table.clockBoundaries}) > 0`),
  ],
);

/**
 * Immutable: revisions refer to a segment's rules by (segment, version) instead of carrying them. Outlives its segment, as the log
 * does. A version that differs from the one before in list items only holds the difference.
 */
export const segmentVersion = pgTable(
  "segment_version",
  {
    id: id(),
    projectId: integer()
      .notNull()
      .references(() => project.id, { onDelete: "cascade" }),
    segmentId: integer().notNull(),
    version: integer().notNull(),
    key: text().notNull(),
    name: text().notNull(),
    seed: text().notNull(),
    rules: jsonb().$type<readonly Rule[]>(),
    listEdits: jsonb().$type<readonly ListEdit[]>(),
    createdAt: createdAt(),
  },
  (table) => [
    unique().on(table.segmentId, table.version),
    index().on(table.projectId),
    check("segment_version_content", sql`num_nonnulls(${table.rules}, ${table.listEdits}) = 1`),
  ],
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
