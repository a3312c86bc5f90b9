import { boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { environment } from "./environments.ts";

/** How often SDKs read a flag, in 15-minute buckets. */
export const evaluationCount = pgTable(
  "evaluation_count",
  {
    environmentId: integer()
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    flagKey: text().notNull(),
    /** Start of the bucket. */
    bucket: instant().notNull(),
    /** State that was read; false also where the SDK does not say. */
    enabled: boolean().notNull(),
    count: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.flagKey, table.bucket, table.enabled] }),
    index().on(table.environmentId, table.bucket),
  ],
);
