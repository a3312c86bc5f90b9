import { createHash, createHmac } from "node:crypto";
import type { Db } from "@halyard/db";
import { instanceSetting } from "@halyard/db/schema";
import { and, eq } from "drizzle-orm";
import { AppError } from "../../errors.ts";

const COMPLETED = "setup.completed";
const TOKEN_HASH = "setup.token-hash";

/** The same on every process that shares the secret and at every start, so a link printed by any of them is good until it is used. */
export const setupToken = (secret: string): string =>
  createHmac("sha256", secret).update("halyard: the link for the first administrator").digest("base64url");

const hash = (token: string): string => createHash("sha256").update(token).digest("hex");

export async function isSetupNeeded(tx: Db): Promise<boolean> {
  const [done] = await tx.select().from(instanceSetting).where(eq(instanceSetting.key, COMPLETED));
  return done === undefined;
}

/** Makes the link good. */
export async function armSetup(tx: Db, token: string): Promise<void> {
  const row = { key: TOKEN_HASH, value: hash(token) };
  await tx
    .insert(instanceSetting)
    .values(row)
    .onConflictDoUpdate({ target: instanceSetting.key, set: { value: row.value } });
}

/** Uses the link up, in the transaction that makes the administrator. @throws AppError `forbidden` */
export async function useSetupLink(tx: Db, token: string): Promise<void> {
  const mine = and(eq(instanceSetting.key, TOKEN_HASH), eq(instanceSetting.value, hash(token)));
  const [used] = await tx.delete(instanceSetting).where(mine).returning();
  if (!used) {
    throw new AppError(
      "forbidden",
      "This set-up link is wrong or was used already. Sign in, or take the newest link from what Halyard prints when it starts.",
    );
  }
  await completeSetup(tx);
}

export async function completeSetup(tx: Db): Promise<void> {
  await tx.delete(instanceSetting).where(eq(instanceSetting.key, TOKEN_HASH));
  await tx.insert(instanceSetting).values({ key: COMPLETED, value: new Date().toISOString() }).onConflictDoNothing();
}

/** True once in an installation's life, whichever process asks first; the others wait for its transaction. */
export async function isFirstStart(tx: Db): Promise<boolean> {
  const [first] = await tx
    .insert(instanceSetting)
    .values({ key: "first-start", value: new Date().toISOString() })
    .onConflictDoNothing()
    .returning();
  return first !== undefined;
}
