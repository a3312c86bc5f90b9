import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@halyard/db";
import { verification } from "@halyard/db/schema";
import { and, eq, gt, like, lt, ne } from "drizzle-orm";

/** What a token is for stays readable, so that all of one kind can be taken back; the token itself is only a hash. */
export function hashIdentifier(identifier: string): Promise<string> {
  const [kind = ""] = /^[a-z0-9-]+?(?=[:-])/.exec(identifier) ?? [];
  return Promise.resolve(`${kind}:${createHash("sha256").update(identifier).digest("base64url")}`);
}

const RESET = "reset-password:";
const NEW_EMAIL = "new-email:";

/** Older reset links of a person are void once there is a newer one. */
export async function forgetResets(db: Db, userId: string, exceptToken?: string): Promise<void> {
  const kind = (await hashIdentifier(RESET)).split(":", 1)[0] ?? "";
  const newest = exceptToken === undefined ? "" : await hashIdentifier(RESET + exceptToken);
  await db
    .delete(verification)
    .where(and(eq(verification.value, userId), like(verification.identifier, `${kind}:%`), ne(verification.identifier, newest)));
}

interface NewEmail {
  readonly userId: string;
  readonly from: string;
  readonly to: string;
}

/** @returns the token for the mailed link, 256 bits; a newer one voids the older */
export async function keepNewEmail(db: Db, change: NewEmail, expiresAt: Date): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const id = `${NEW_EMAIL}${change.userId}`;
  const identifier = await hashIdentifier(NEW_EMAIL + token);
  await db.delete(verification).where(eq(verification.id, id));
  await db.insert(verification).values({ id, identifier, value: JSON.stringify(change), expiresAt });
  return token;
}

/** Uses the token up. @returns `undefined` for one that is wrong, used or too old */
export async function takeNewEmail(tx: Db, token: string): Promise<NewEmail | undefined> {
  const mine = and(eq(verification.identifier, await hashIdentifier(NEW_EMAIL + token)), gt(verification.expiresAt, new Date()));
  const [taken] = await tx.delete(verification).where(mine).returning();
  return taken && (JSON.parse(taken.value) as NewEmail);
}

/** Nothing reads what is too old; this keeps it from piling up. */
export async function forgetExpired(db: Db): Promise<void> {
  await db.delete(verification).where(lt(verification.expiresAt, new Date()));
}
