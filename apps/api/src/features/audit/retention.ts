import type { Db } from "@halyard/db";
import { auditEvent, auditSeal } from "@halyard/db/schema";
import { lt, lte, max, sql } from "drizzle-orm";

/** Removes the events whose seal is older; the seals stay, so what is left still verifies. @returns how many */
export function removeAuditBefore(db: Db, before: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const [old] = await tx
      .select({ seal: max(auditSeal.number) })
      .from(auditSeal)
      .where(lt(auditSeal.sealedAt, before));
    if (old?.seal == null) return 0;
    // The table's guard lets only this pass, and only until the end of the transaction.
    await tx.execute(sql`set local halyard.retention = 'on'`);
    const gone = await tx.delete(auditEvent).where(lte(auditEvent.seal, old.seal)).returning({ id: auditEvent.id });
    return gone.length;
  });
}
