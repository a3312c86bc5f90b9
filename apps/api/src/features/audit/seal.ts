import type { Db } from "@halyard/db";
import { auditEvent, auditSeal } from "@halyard/db/schema";
import { asc, desc, isNull, sql } from "drizzle-orm";
import { linkOf } from "./audit-body.ts";

/** Rows of one seal; more wait for the next. */
const MOST_ENTRIES = 5_000;
/** Any number that no other lock has: whoever holds it writes the chain. */
const CHAIN_LOCK = 4_711_002;

/**
 * Takes the rows written since the last seal into the chain, in the order of their ids. A row that was committed after one with a
 * higher id had been sealed stands in a later seal.
 *
 * @returns how many rows were sealed
 */
export function sealAudit(db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    // Two processes may both believe to hold the job's lease.
    await tx.execute(sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`);
    const rows = await tx
      .select({ id: auditEvent.id, body: auditEvent.body })
      .from(auditEvent)
      .where(isNull(auditEvent.seal))
      .orderBy(asc(auditEvent.id))
      .limit(MOST_ENTRIES);
    const [last] = await tx.select().from(auditSeal).orderBy(desc(auditSeal.number)).limit(1);
    const highest = rows.at(-1);
    if (!highest) return 0;
    const number = (last?.number ?? 0) + 1;
    let hash = last?.hash ?? "";
    const links = rows.map((row) => {
      hash = linkOf(hash, row);
      return hash;
    });
    await tx.execute(sql`
      update ${auditEvent} set seal = ${number}, link = sealed.link
      from unnest(${sql.param(rows.map((row) => row.id))}::bigint[], ${sql.param(links)}::text[]) as sealed(id, link)
      where ${auditEvent.id} = sealed.id`);
    await tx.insert(auditSeal).values({ number, lastId: Math.max(highest.id, last?.lastId ?? 0), entries: rows.length, hash });
    return rows.length;
  });
}
