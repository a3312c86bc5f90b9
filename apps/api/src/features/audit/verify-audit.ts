import type { Db } from "@halyard/db";
import { auditEvent, auditSeal } from "@halyard/db/schema";
import { and, asc, count, gt, isNotNull, sql } from "drizzle-orm";
import { linkOf, parseAuditBody } from "./audit-body.ts";

export interface AuditChainOptions {
  /** What is wrong in another organisation's row is said, but not what the row is. */
  readonly organisationId: number;
  /** Rows may be missing that were sealed before; undefined where nothing is ever removed. */
  readonly removedBefore: Date | undefined;
}

export interface ChainBreak {
  readonly what: string;
  readonly why: string;
}

export interface AuditChain {
  readonly break: (ChainBreak & { readonly kind: "event" | "seal" }) | null;
  readonly events: number;
  readonly seals: number;
  readonly removed: number;
}

type Event = typeof auditEvent.$inferSelect;
type Seal = typeof auditSeal.$inferSelect;

/** Seals of one step; other work gets its turn in between. */
const STEP = 200;

/** Walks the chain from its beginning: every seal, and every row it took in, from the stored bytes. */
export async function verifyAuditChain(db: Db, options: AuditChainOptions): Promise<AuditChain> {
  const tally = { events: 0, seals: 0, removed: 0 };
  const broken = (kind: "event" | "seal", what: string, why: string): AuditChain => ({ break: { kind, what, why }, ...tally });
  let previous = "";
  let isPastRemoved = false;
  for (;;) {
    const seals = await db
      .select()
      .from(auditSeal)
      .where(gt(auditSeal.number, tally.seals))
      .orderBy(asc(auditSeal.number))
      .limit(STEP);
    if (seals.length === 0) break;
    const rows = await readRows(db, seals);
    for (const seal of seals) {
      if (seal.number !== tally.seals + 1) return broken("seal", `seal ${tally.seals + 1}`, "It is missing.");
      const taken = rows.get(seal.number) ?? [];
      if (taken.length === 0 && !isPastRemoved && isRemoved(seal, options)) {
        tally.removed += seal.entries;
        previous = seal.hash;
      } else {
        isPastRemoved = true;
        for (const row of taken) {
          const why = whyBroken(row, previous);
          if (why !== undefined) return broken("event", nameOf(row, options), why);
          previous = row.link ?? "";
          tally.events++;
        }
        if (taken.length !== seal.entries)
          return broken("seal", `seal ${seal.number}`, `It took in ${seal.entries} events, and ${taken.length} are there.`);
        if (previous !== seal.hash) return broken("seal", `seal ${seal.number}`, "Its hash is not the link of its last event.");
      }
      tally.seals++;
    }
  }
  const orphans = await countOrphans(db, tally.seals);
  if (orphans > 0)
    return broken("seal", `seal ${tally.seals + 1}`, `${orphans} events name it or a later one, and it is missing.`);
  return { break: null, ...tally };
}

async function readRows(db: Db, seals: readonly Seal[]): Promise<Map<number, Event[]>> {
  const [first, last] = [seals[0]?.number ?? 0, seals.at(-1)?.number ?? 0];
  const rows = await db
    .select()
    .from(auditEvent)
    .where(sql`${auditEvent.seal} between ${first} and ${last}`)
    .orderBy(asc(auditEvent.seal), asc(auditEvent.id));
  const bySeal = new Map<number, Event[]>();
  for (const row of rows) {
    const group = bySeal.get(row.seal ?? 0);
    if (group) group.push(row);
    else bySeal.set(row.seal ?? 0, [row]);
  }
  return bySeal;
}

const isRemoved = ({ sealedAt }: Seal, { removedBefore }: AuditChainOptions): boolean =>
  removedBefore !== undefined && sealedAt < removedBefore;

async function countOrphans(db: Db, lastSeal: number): Promise<number> {
  const [row] = await db
    .select({ orphans: count() })
    .from(auditEvent)
    .where(and(isNotNull(auditEvent.seal), gt(auditEvent.seal, lastSeal)));
  return row?.orphans ?? 0;
}

function whyBroken(row: Event, previous: string): string | undefined {
  if (row.link !== linkOf(previous, row)) return "Its link does not follow from the event before it and its own text.";
  const body = readBody(row.body);
  if (body === undefined) return "Its text is no JSON.";
  const agrees =
    body.organisation === row.organisationId &&
    body.project === row.projectId &&
    body.environment === row.environmentId &&
    body.actor === row.actor &&
    body.action === row.action &&
    body.requestId === row.requestId &&
    new Date(body.at).getTime() === row.createdAt.getTime() &&
    JSON.stringify(body.subjects) === JSON.stringify(row.subjects);
  return agrees ? undefined : "What it is found by does not agree with its text.";
}

function readBody(text: string) {
  try {
    return parseAuditBody(text);
  } catch {
    // Told by the caller.
    return undefined;
  }
}

const nameOf = (row: Event, { organisationId }: AuditChainOptions): string =>
  row.organisationId === organisationId ? `event ${row.id}` : "an event of another organisation";
