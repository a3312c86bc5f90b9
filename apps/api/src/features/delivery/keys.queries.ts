import type { Db } from "@halyard/db";
import { environmentKey } from "@halyard/db/schema";
import { and, eq, inArray, isNull, lt, or } from "drizzle-orm";

export type KeyRow = Pick<
  typeof environmentKey.$inferSelect,
  "environmentId" | "kind" | "keyId" | "secretHash" | "expiresAt" | "revokedAt"
>;

const columns = {
  environmentId: environmentKey.environmentId,
  kind: environmentKey.kind,
  keyId: environmentKey.keyId,
  secretHash: environmentKey.secretHash,
  expiresAt: environmentKey.expiresAt,
  revokedAt: environmentKey.revokedAt,
};

/** All keys of an environment, revoked ones too: they are refused without another question. */
export const readKeys = (tx: Db, environmentId: number): Promise<KeyRow[]> =>
  tx.select(columns).from(environmentKey).where(eq(environmentKey.environmentId, environmentId));

export const findKeys = (tx: Db, keyIds: readonly string[]): Promise<KeyRow[]> =>
  tx
    .select(columns)
    .from(environmentKey)
    .where(inArray(environmentKey.keyId, [...keyIds]));

/** Another node may have stored a later use. */
export async function storeKeyUses(db: Db, keyIds: readonly string[], at: Date): Promise<void> {
  await db
    .update(environmentKey)
    .set({ lastUsedAt: at })
    .where(
      and(inArray(environmentKey.keyId, [...keyIds]), or(isNull(environmentKey.lastUsedAt), lt(environmentKey.lastUsedAt, at))),
    );
}
