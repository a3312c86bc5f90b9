import type { Db } from "@halyard/db";
import { apiKey } from "@halyard/db/schema";
import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Actor } from "../../actor.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/index.ts";
import { API_KEY_PREFIX, parseSecretKey, secretMatches } from "../keys/index.ts";

/** How exact `last_used_at` is: a key in constant use costs one write a day, the first use one more. */
const USED_EVERY_MS = 86_400_000;

const REMEDY = "Send `Authorization: Api-Key <key>` with a key that nobody revoked.";

/** Reads the program behind an API key. @throws AppError `unauthenticated` for a key that is wrong, revoked or expired */
export function createApiKeyReader(db: Db): (key: string) => Promise<Actor> {
  return async (key) => {
    const parsed = parseSecretKey(API_KEY_PREFIX, key);
    if (!parsed) throw new AppError("unauthenticated", `This is no API key: it was mistyped or cut. ${REMEDY}`);
    const [row] = await db.select().from(apiKey).where(eq(apiKey.keyId, parsed.keyId));
    // One sentence for all, so that nobody learns which ids exist.
    if (!row || !secretMatches(parsed.secret, row.secretHash)) {
      throw new AppError("unauthenticated", `This API key is unknown. ${REMEDY}`);
    }
    const now = new Date();
    if (row.revokedAt) throw new AppError("unauthenticated", `The API key ${row.name} was revoked. ${REMEDY}`);
    if (row.expiresAt && row.expiresAt <= now) {
      throw new AppError("unauthenticated", `The API key ${row.name} has expired. ${REMEDY}`);
    }
    const actor: Program = { kind: "program", apiKeyId: row.id, organisationId: row.organisationId, name: row.name };
    if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() >= USED_EVERY_MS) {
      await db.transaction((tx) => storeUse(tx, actor, now));
    }
    return actor;
  };
}

type Program = Extract<Actor, { kind: "program" }>;

/** The first use is in the audit log: of two at once, only one finds the key unused. */
async function storeUse(tx: Db, actor: Program, now: Date): Promise<void> {
  const { apiKeyId, organisationId } = actor;
  const unused = and(eq(apiKey.id, apiKeyId), isNull(apiKey.lastUsedAt));
  const first = await tx.update(apiKey).set({ lastUsedAt: now }).where(unused).returning({ id: apiKey.id });
  if (first.length === 0) await tx.update(apiKey).set({ lastUsedAt: now }).where(eq(apiKey.id, apiKeyId));
  else await recordAudit(tx, { organisationId, actor, action: "key.first-used", subject: `key:${apiKeyId}` });
}

/** Which of these keys still work, in one question. */
export async function apiKeysInForce(db: Db, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const isUnexpired = or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, new Date()));
  const rows = await db
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(and(inArray(apiKey.id, [...ids]), isNull(apiKey.revokedAt), isUnexpired));
  return new Set(rows.map((row) => row.id));
}
