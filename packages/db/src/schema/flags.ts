import type { Prerequisite } from "@halyard/evaluator/model";
import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { user } from "./accounts.ts";
import { createdAt, id, instant, value, valueSchema } from "./columns.ts";
import { environment } from "./environments.ts";
import { project } from "./organisations.ts";

/** Share of each variant, in percent, in bucket order; at most 100 together, the rest is control. */
export interface VariantWeight {
  readonly variantId: number;
  readonly weight: number;
}

/**
 * One source of bucketing seeds for states, overrides and segments. A seed is not the row's id: an import keeps the seeds of the
 * system it came from, so that nobody changes bucket.
 */
export const bucketingSeed = pgSequence("bucketing_seed", { startWith: 1 });
export const seed = () => text().notNull().default(sql`nextval('bucketing_seed')::text`);

/** What a flag answers in one place: an environment, a segment override or an identity override. */
export const stateColumns = {
  enabled: boolean().notNull(),
  value: value(),
  weights: jsonb().$type<readonly VariantWeight[]>().notNull().default([]),
  seed: seed(),
  /** Attribute that is placed among the variants; null for the identity. */
  bucketBy: text(),
};

export const valueType = pgEnum("value_type", ["boolean", "string", "number", "json"]);

export const flag = pgTable(
  "flag",
  {
    id: id(),
    projectId: integer()
      .notNull()
      .references(() => project.id, { onDelete: "cascade" }),
    key: text().notNull(),
    description: text().notNull().default(""),
    valueType: valueType().notNull(),
    /** State and value that new environments start with. */
    defaultEnabled: boolean().notNull().default(false),
    defaultValue: value(),
    /** JSON Schema that every value of the flag satisfies; null for any value. SDKs never see it. */
    valueSchema: valueSchema(),
    serverOnly: boolean().notNull().default(false),
    createdAt: createdAt(),
    archivedAt: instant(),
  },
  // Flagsmith's clients look keys up without regard to case.
  (table) => [uniqueIndex("flag_project_key").on(table.projectId, sql`lower(${table.key})`)],
);

export const variant = pgTable(
  "variant",
  {
    id: id(),
    flagId: integer()
      .notNull()
      .references(() => flag.id, { onDelete: "cascade" }),
    /** Null only for options imported without a key. */
    key: text(),
    value: value(),
    /** Weight that new environments start with, in percent. */
    defaultWeight: real().notNull().default(0),
  },
  (table) => [unique().on(table.flagId, table.key)],
);

export const flagState = pgTable(
  "flag_state",
  {
    id: id(),
    flagId: integer()
      .notNull()
      .references(() => flag.id, { onDelete: "cascade" }),
    environmentId: integer()
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    ...stateColumns,
    /** All must be met for the flag to be on. Variants by key, which nobody may change while it is required. */
    prerequisites: jsonb().$type<readonly Prerequisite[]>().notNull().default([]),
    updatedAt: createdAt(),
  },
  (table) => [
    index().using("gin", table.prerequisites.op("jsonb_path_ops")),
    unique().on(table.environmentId, table.flagId),
    unique().on(table.environmentId, table.seed),
    index().on(table.flagId),
  ],
);

export const tag = pgTable(
  "tag",
  {
    id: id(),
    projectId: integer()
      .notNull()
      .references(() => project.id, { onDelete: "cascade" }),
    label: text().notNull(),
    colour: text().notNull(),
    description: text().notNull().default(""),
  },
  (table) => [unique().on(table.projectId, table.label)],
);

export const flagTag = pgTable(
  "flag_tag",
  {
    flagId: integer()
      .notNull()
      .references(() => flag.id, { onDelete: "cascade" }),
    tagId: integer()
      .notNull()
      .references(() => tag.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.flagId, table.tagId] }), index().on(table.tagId)],
);

export const flagOwner = pgTable(
  "flag_owner",
  {
    flagId: integer()
      .notNull()
      .references(() => flag.id, { onDelete: "cascade" }),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.flagId, table.userId] }), index().on(table.userId)],
);
