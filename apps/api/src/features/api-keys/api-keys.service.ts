import { type apiKey as apiKeySchema, type createApiKeyInput, type createdApiKey, givenRole } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { apiKey, roleGrant } from "@halyard/db/schema";
import { and, asc, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError, invalid, notFound } from "../../errors.ts";
import type { Asker } from "../../permissions/demand.ts";
import { refuseMoreThanOwn } from "../../permissions/escalation.ts";
import { readGrants, wholly } from "../../permissions/grants.queries.ts";
import type { Organisation } from "../../scope.ts";
import { recordAudit } from "../audit/index.ts";
import { API_KEY_PREFIX, endOfGrace, makeSecretKey, type SecretKey } from "../keys/index.ts";

type Row = typeof apiKey.$inferSelect;
type Key = z.output<typeof apiKeySchema>;
type Wish = Omit<z.output<typeof createApiKeyInput>, "organisation">;
type InOrganisation = Acting & { readonly organisation: Pick<Organisation, "id"> };
type Asking = InOrganisation & Asker;

/** Those that were not revoked. */
export async function listApiKeys(db: Db, organisationId: number): Promise<Key[]> {
  const rows = await db
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.organisationId, organisationId), isNull(apiKey.revokedAt)))
    .orderBy(asc(apiKey.id));
  return rows.map(toKey);
}

/** With a role in the whole organisation, or with what is then granted to it. Nobody makes a key stronger than themselves. */
export async function createApiKey(ctx: Asking, wish: Wish): Promise<z.output<typeof createdApiKey>> {
  if (wish.expiresAt !== undefined && new Date(wish.expiresAt) <= new Date()) {
    throw invalid("expiresAt", "This time has passed; give a later one, or leave it out for a key that does not expire.");
  }
  await refuseMoreThanOwn(ctx, wish.role === null ? [] : [wholly(ctx.organisation.id, wish.role)]);
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

/**
 * A new key with name, role and grants of the old one, which works on until the end of the grace.
 *
 * @throws AppError `forbidden` where the key permits more than the caller, who would see its secret
 */
export async function rotateApiKey(
  ctx: Asking,
  { id, until }: { readonly id: number; readonly until?: string | undefined },
): Promise<z.output<typeof createdApiKey>> {
  const secret = makeSecretKey(API_KEY_PREFIX);
  const row = await ctx.revisions.db.transaction(async (tx) => {
    const own = and(eq(apiKey.id, id), eq(apiKey.organisationId, ctx.organisation.id));
    const [old] = await tx.select().from(apiKey).where(own).for("update");
    if (!old) throw notFound("API key", id);
    const isOver = old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= new Date());
    if (isOver) throw new AppError("conflict", `The API key ${old.name} works no longer; make a new one.`);
    if (old.replacedBy !== null) throw new AppError("conflict", `The API key ${old.name} was rotated already.`);
    const holds = await readGrants(tx, eq(roleGrant.apiKeyId, id));
    const whole = old.role === null ? [] : [wholly(old.organisationId, old.role)];
    await refuseMoreThanOwn({ db: tx, grants: ctx.grants }, [...whole, ...holds]);
    const made = await insertApiKey(tx, ctx, { name: old.name, role: givenRole.nullable().parse(old.role), secret });
    await copyGrants(tx, id, made.id);
    await tx
      .update(apiKey)
      .set({ expiresAt: endOfGrace(until, old.expiresAt), replacedBy: made.id })
      .where(own);
    await audit(tx, ctx, { action: "api-key.rotated", row: old });
    return made;
  });
  return { ...toKey(row), key: secret.key };
}

async function copyGrants(tx: Db, from: number, to: number): Promise<void> {
  const rows = await tx.select().from(roleGrant).where(eq(roleGrant.apiKeyId, from));
  if (rows.length === 0) return;
  await tx.insert(roleGrant).values(rows.map(({ id: _id, createdAt: _at, ...row }) => ({ ...row, apiKeyId: to })));
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
  replacedBy: row.replacedBy,
});
