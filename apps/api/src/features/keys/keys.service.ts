import type { createdEnvironmentKey, createEnvironmentKeyInput, environmentKey as keySchema } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environmentKey } from "@halyard/db/schema";
import { and, asc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError, invalid, notFound } from "../../errors.ts";
import type { Environment } from "../../scope.ts";
import { withRevision } from "../revisions/index.ts";
import { endOfGrace } from "./grace.ts";
import { makeClientKey, makeSecretKey, SERVER_KEY_PREFIX } from "./key-format.ts";

type Row = typeof environmentKey.$inferSelect;
type Key = z.output<typeof keySchema>;
type KeyWish = Pick<z.output<typeof createEnvironmentKeyInput>, "kind" | "name" | "expiresAt">;
type InEnvironment = Acting & { readonly environment: Pick<Environment, "id" | "projectId"> };

export async function listEnvironmentKeys(db: Db, environmentId: number): Promise<Key[]> {
  const rows = await db
    .select()
    .from(environmentKey)
    .where(eq(environmentKey.environmentId, environmentId))
    .orderBy(asc(environmentKey.id));
  return rows.map(toKey);
}

/** A revision, so that every node hears of the key. `key` is the only place where a server key's secret appears. */
export async function createEnvironmentKey(ctx: InEnvironment, wish: KeyWish): Promise<z.output<typeof createdEnvironmentKey>> {
  if (wish.expiresAt !== undefined && new Date(wish.expiresAt) <= new Date()) {
    throw invalid("expiresAt", "This time has passed; give a later one, or leave it out for a key that does not expire.");
  }
  const { result } = await withRevision(ctx.revisions, revisionOf(ctx, "key.created"), async (tx) => {
    const made = await insertEnvironmentKey(tx, ctx.environment.id, wish);
    return { result: made, about: [`key:${made.row.name}`] };
  });
  return { ...toKey(result.row), key: result.key };
}

/** @throws AppError `conflict` where it was revoked before */
export async function revokeEnvironmentKey(ctx: InEnvironment, id: number): Promise<Key> {
  const { result } = await withRevision(ctx.revisions, revisionOf(ctx, "key.revoked"), async (tx) => {
    const own = and(eq(environmentKey.id, id), eq(environmentKey.environmentId, ctx.environment.id));
    const [row] = await tx.select().from(environmentKey).where(own).for("update");
    if (!row) throw notFound("key", id);
    if (row.revokedAt) throw new AppError("conflict", `The key ${row.name} is revoked already.`, { current: toKey(row) });
    const [revoked = row] = await tx.update(environmentKey).set({ revokedAt: new Date() }).where(own).returning();
    return { result: revoked, about: [`key:${row.name}`] };
  });
  return toKey(result);
}

/** A new key of the same kind and name; the old one works on until the end of the grace, on every node. */
export async function rotateEnvironmentKey(
  ctx: InEnvironment,
  { id, until }: { readonly id: number; readonly until?: string | undefined },
): Promise<z.output<typeof createdEnvironmentKey>> {
  const { result } = await withRevision(ctx.revisions, revisionOf(ctx, "key.rotated"), async (tx) => {
    const own = and(eq(environmentKey.id, id), eq(environmentKey.environmentId, ctx.environment.id));
    const [row] = await tx.select().from(environmentKey).where(own).for("update");
    if (!row) throw notFound("key", id);
    refuseRotation(row);
    const { kind, name } = row;
    const made = await insertEnvironmentKey(tx, ctx.environment.id, { kind, name });
    const expiresAt = endOfGrace(until, row.expiresAt);
    await tx.update(environmentKey).set({ expiresAt, replacedBy: made.row.id }).where(own);
    return { result: made, about: [`key:${name}`] };
  });
  return { ...toKey(result.row), key: result.key };
}

/** @throws AppError `conflict` for a key that works no longer, or was rotated before */
function refuseRotation({ name, revokedAt, expiresAt, replacedBy }: Row): void {
  if (revokedAt !== null || (expiresAt !== null && expiresAt <= new Date())) {
    throw new AppError("conflict", `The key ${name} works no longer; make a new one.`);
  }
  if (replacedBy !== null)
    throw new AppError("conflict", `The key ${name} was rotated already; rotate the one that replaced it.`);
}

/** For whoever makes the environment too; others use {@link createEnvironmentKey}. */
export async function insertEnvironmentKey(tx: Db, environmentId: number, wish: KeyWish): Promise<{ row: Row; key: string }> {
  const { key, keyId, secretHash } =
    wish.kind === "server" ? makeSecretKey(SERVER_KEY_PREFIX) : { ...clientKey(), secretHash: null };
  const expiresAt = wish.expiresAt === undefined ? null : new Date(wish.expiresAt);
  const [row] = await tx
    .insert(environmentKey)
    .values({ environmentId, kind: wish.kind, name: wish.name, keyId, secretHash, expiresAt })
    .returning();
  if (!row) throw new TypeError("An insert returns its row.");
  return { row, key };
}

function clientKey() {
  const key = makeClientKey();
  return { key, keyId: key };
}

const revisionOf = (ctx: InEnvironment, kind: "key.created" | "key.rotated" | "key.revoked") => ({
  actor: ctx.actor,
  request: ctx.request,
  kind,
  project: ctx.environment.projectId,
  environments: [ctx.environment.id],
  touches: {},
  always: true,
});

function toKey(row: Row): Key {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    preview: row.kind === "client" ? row.keyId : `${SERVER_KEY_PREFIX}${row.keyId}_…`,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    replacedBy: row.replacedBy,
  };
}
