import type { apiKey as apiKeySchema, createApiKeyInput, createdApiKey } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { apiKey } from "@halyard/db/schema";
import { and, asc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError, invalid, notFound } from "../../errors.ts";
import type { Organisation } from "../../scope.ts";
import { recordAudit } from "../audit/index.ts";
import { API_KEY_PREFIX, makeSecretKey, type SecretKey } from "../keys/index.ts";

type Row = typeof apiKey.$inferSelect;
type Key = z.output<typeof apiKeySchema>;
type Wish = Omit<z.output<typeof createApiKeyInput>, "organisation">;
type InOrganisation = Acting & { readonly organisation: Pick<Organisation, "id"> };

export async function listApiKeys(db: Db, organisationId: number): Promise<Key[]> {
  const rows = await db.select().from(apiKey).where(eq(apiKey.organisationId, organisationId)).orderBy(asc(apiKey.id));
  return rows.map(toKey);
}

export async function createApiKey(ctx: InOrganisation, wish: Wish): Promise<z.output<typeof createdApiKey>> {
  if (wish.expiresAt !== undefined && new Date(wish.expiresAt) <= new Date()) {
    throw invalid("expiresAt", "This time has passed; give a later one, or leave it out for a key that does not expire.");
  }
  const secret = makeSecretKey(API_KEY_PREFIX);
  const row = await ctx.revisions.db.transaction((tx) => insertApiKey(tx, ctx, { ...wish, secret }));
  return { ...toKey(row), key: secret.key };
}

export async function insertApiKey(
  tx: Db,
  ctx: InOrganisation,
  wish: Wish & { readonly secret: Pick<SecretKey, "keyId" | "secretHash"> },
): Promise<Row> {
  const [row] = await tx
    .insert(apiKey)
    .values({
      organisationId: ctx.organisation.id,
      name: wish.name,
      role: wish.role,
      keyId: wish.secret.keyId,
      secretHash: wish.secret.secretHash,
      expiresAt: wish.expiresAt === undefined ? null : new Date(wish.expiresAt),
    })
    .returning();
  if (!row) throw new TypeError("An insert returns its row.");
  await audit(tx, ctx, { action: "api-key.created", row });
  return row;
}

/** @throws AppError `conflict` where it was revoked before */
export async function revokeApiKey(ctx: InOrganisation, id: number): Promise<Key> {
  return ctx.revisions.db.transaction(async (tx) => {
    const own = and(eq(apiKey.id, id), eq(apiKey.organisationId, ctx.organisation.id));
    const [row] = await tx.select().from(apiKey).where(own).for("update");
    if (!row) throw notFound("API key", id);
    if (row.revokedAt) throw new AppError("conflict", `The API key ${row.name} is revoked already.`, { current: toKey(row) });
    const [revoked = row] = await tx.update(apiKey).set({ revokedAt: new Date() }).where(own).returning();
    await audit(tx, ctx, { action: "api-key.revoked", row });
    return toKey(revoked);
  });
}

async function audit(
  tx: Db,
  ctx: InOrganisation,
  { action, row }: { readonly action: string; readonly row: Row },
): Promise<void> {
  await recordAudit(tx, {
    actor: ctx.actor,
    action,
    subject: `key:${row.name}`,
    organisationId: row.organisationId,
    after: { name: row.name, role: row.role },
    request: ctx.request,
  });
}

const toKey = (row: Row): Key => ({
  id: row.id,
  name: row.name,
  role: row.role,
  keyId: row.keyId,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});
