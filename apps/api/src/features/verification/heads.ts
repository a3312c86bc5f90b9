import type { Db } from "@halyard/db";
import { auditHead, auditSeal, environment, revision } from "@halyard/db/schema";
import canonicalize from "canonicalize";
import { and, asc, desc, eq } from "drizzle-orm";
import { isSignedBy, type SigningKey } from "./signing-key.ts";

/** Where all chains ended on one day. Who keeps it elsewhere can tell later whether history was written anew. */
export interface HeadBody {
  /** UTC, such as `2026-11-24`. */
  readonly day: string;
  /** Of the audit log; 0 and "" before its first seal. */
  readonly seal: number;
  readonly hash: string;
  /** Ascending by id. */
  readonly environments: readonly { readonly id: number; readonly version: number; readonly hash: string }[];
  readonly publicKey: string;
}

export interface SignedHead {
  readonly day: string;
  /** Canonical JSON (RFC 8785) of a {@link HeadBody}. */
  readonly body: string;
  readonly signature: string;
}

/** Makes the day's head unless it is there. @returns the day's head */
export async function makeHead(db: Db, { day, key }: { readonly day: string; readonly key: SigningKey }): Promise<SignedHead> {
  const known = await findHead(db, day);
  if (known) return known;
  const [seal] = await db.select().from(auditSeal).orderBy(desc(auditSeal.number)).limit(1);
  const environments = await db
    .select({ id: environment.id, version: environment.version, hash: environment.headHash })
    .from(environment)
    .orderBy(asc(environment.id));
  const content: HeadBody = {
    day,
    seal: seal?.number ?? 0,
    hash: seal?.hash ?? "",
    environments,
    publicKey: key.publicKey,
  };
  const body = canonicalize(content);
  if (body === undefined) throw new TypeError("A head is JSON.");
  // Another process may have been faster; its head is the day's.
  await db
    .insert(auditHead)
    .values({ day, body, signature: key.sign(body) })
    .onConflictDoNothing();
  const made = await findHead(db, day);
  if (!made) throw new TypeError("An insert or the row that was there before it.");
  return made;
}

async function findHead(db: Db, day: string): Promise<SignedHead | undefined> {
  const [head] = await db.select().from(auditHead).where(eq(auditHead.day, day));
  return head && { day: head.day, body: head.body, signature: head.signature };
}

/** The newest first. */
export async function listHeads(db: Db): Promise<SignedHead[]> {
  const rows = await db.select().from(auditHead).orderBy(desc(auditHead.day)).limit(1_000);
  return rows.map(({ day, body, signature }) => ({ day, body, signature }));
}

/** Whether the chains still go through where they ended on those days; a deleted environment's has nothing to say. */
export async function verifyHeads(
  db: Db,
): Promise<{ readonly break: { what: string; why: string } | null; readonly heads: number }> {
  const heads = await listHeads(db);
  for (const head of heads) {
    const why = await whyBroken(db, head);
    if (why !== undefined) return { break: { what: `head of ${head.day}`, why }, heads: heads.length };
  }
  return { break: null, heads: heads.length };
}

async function whyBroken(db: Db, { day, body, signature }: SignedHead): Promise<string | undefined> {
  const content = JSON.parse(body) as HeadBody;
  if (!isSignedBy(content.publicKey, body, signature)) return "Its signature is not that of its text.";
  if (content.day !== day) return "It is another day's.";
  if (content.seal > 0) {
    const [seal] = await db.select().from(auditSeal).where(eq(auditSeal.number, content.seal));
    if (seal?.hash !== content.hash) return `The audit log no longer goes through seal ${content.seal} as it was.`;
  }
  for (const { id, version, hash } of content.environments) {
    if (version === 0) continue;
    const [row] = await db
      .select({ hash: revision.hash })
      .from(revision)
      .where(and(eq(revision.environmentId, id), eq(revision.version, version)));
    if (row?.hash === hash) continue;
    const [present] = await db.select({ id: environment.id }).from(environment).where(eq(environment.id, id));
    if (present) return `The log of environment ${id} no longer goes through version ${version} as it was.`;
  }
  return undefined;
}
