import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** Which process runs a job now; another takes it over when the lease has run out. */
export const jobLease = pgTable("job_lease", {
  job: text().primaryKey(),
  /** A word of the process's own. */
  holder: text().notNull(),
  expiresAt: instant().notNull(),
});
