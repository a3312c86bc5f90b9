import type { Db } from "@halyard/db";
import { jobLease } from "@halyard/db/schema";
import { and, eq, sql } from "drizzle-orm";

/** Takes the job's lease, or makes one's own longer; false while another process holds it. By the database's clock. */
export async function takeLease(
  db: Db,
  { job, holder, ttlMs }: { job: string; holder: string; ttlMs: number },
): Promise<boolean> {
  const expiresAt = sql`now() + ${ttlMs}::int * interval '1 millisecond'`;
  const rows = await db
    .insert(jobLease)
    .values({ job, holder, expiresAt })
    .onConflictDoUpdate({
      target: jobLease.job,
      set: { holder, expiresAt },
      setWhere: sql`${jobLease.holder} = ${holder} or ${jobLease.expiresAt} < now()`,
    })
    .returning({ job: jobLease.job });
  return rows.length > 0;
}

/** Lets the next process begin at once. */
export async function giveUpLease(db: Db, { job, holder }: { job: string; holder: string }): Promise<void> {
  await db.delete(jobLease).where(and(eq(jobLease.job, job), eq(jobLease.holder, holder)));
}
