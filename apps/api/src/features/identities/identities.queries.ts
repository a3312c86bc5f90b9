import { createHash } from "node:crypto";
import type { identityDetail, identitySummary, listIdentitiesInput } from "@halyard/contracts/schemas";
import { id } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { flag, identity, identityOverride, trait } from "@halyard/db/schema";
import { and, asc, count, desc, eq, ilike, inArray, isNull, lt } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../errors.ts";
import { containing, cutPage, fromCursor } from "../../paging.ts";
import { listVariants, toState } from "../flags/index.ts";

export type IdentitySummary = z.output<typeof identitySummary>;
export type IdentityDetail = z.output<typeof identityDetail>;
export type IdentityRow = typeof identity.$inferSelect;
export type TraitValues = IdentityDetail["traitValues"];

export const hashIdentifier = (identifier: string): Buffer => createHash("sha256").update(identifier).digest();

/** Double quotes ask for exactly this identifier. */
const EXACT = /^"(.*)"$/s;

/** The newest first. */
export async function listIdentities(
  tx: Db,
  environmentId: number,
  { after, limit, q }: Pick<z.output<typeof listIdentitiesInput>, "after" | "limit" | "q">,
) {
  const last = fromCursor(after, id);
  const exact = q === undefined ? undefined : EXACT.exec(q)?.[1];
  const rows = await tx
    .select()
    .from(identity)
    .where(
      and(
        eq(identity.environmentId, environmentId),
        last === undefined ? undefined : lt(identity.id, last),
        exact === undefined ? undefined : eq(identity.identifierHash, hashIdentifier(exact)),
        exact !== undefined || q === undefined ? undefined : ilike(identity.identifier, containing(q)),
      ),
    )
    .orderBy(desc(identity.id))
    .limit(limit + 1);
  const { items, next } = cutPage(rows, limit, (row) => row.id);
  return { items: await summarise(tx, items), next };
}

export async function findIdentity(tx: Db, environmentId: number, identifier: string): Promise<IdentityRow | undefined> {
  const [row] = await tx
    .select()
    .from(identity)
    .where(and(eq(identity.environmentId, environmentId), eq(identity.identifierHash, hashIdentifier(identifier))));
  return row;
}

/** @throws AppError `not_found` */
export async function getIdentity(tx: Db, environmentId: number, identifier: string): Promise<IdentityRow> {
  const row = await findIdentity(tx, environmentId, identifier);
  if (!row) throw notFound("identity", identifier);
  return row;
}

export type IdentityRecord = Omit<IdentityDetail, "segments" | "outcomes">;

/** What is stored of an identity, without what it gets. */
export async function readIdentityRecord(tx: Db, row: IdentityRow): Promise<IdentityRecord> {
  const [summary] = await summarise(tx, [row]);
  if (!summary) throw notFound("identity", row.identifier);
  return { ...summary, traitValues: await readTraits(tx, row.id), flagOverrides: await readFlagOverrides(tx, row.id) };
}

async function readTraits(tx: Db, identityId: number): Promise<TraitValues> {
  const rows = await tx.select().from(trait).where(eq(trait.identityId, identityId)).orderBy(asc(trait.key));
  // Whatever stores traits stores such values only.
  return Object.fromEntries(rows.map((row) => [row.key, row.value as TraitValues[string]]));
}

/** Of flags that are not archived. */
export async function readFlagOverrides(tx: Db, identityId: number): Promise<IdentityDetail["flagOverrides"]> {
  const rows = await tx
    .select({ override: identityOverride, flag })
    .from(identityOverride)
    .innerJoin(flag, eq(flag.id, identityOverride.flagId))
    .where(and(eq(identityOverride.identityId, identityId), isNull(flag.archivedAt)))
    .orderBy(asc(flag.key));
  const overrides: IdentityDetail["flagOverrides"] = [];
  for (const { override, flag } of rows) {
    overrides.push({ id: override.id, flag: flag.key, ...toState(override, await listVariants(tx, flag.id)) });
  }
  return overrides;
}

async function summarise(tx: Db, rows: readonly IdentityRow[]): Promise<IdentitySummary[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const overrides = await tx
    .select({ id: identityOverride.identityId, count: count() })
    .from(identityOverride)
    .where(inArray(identityOverride.identityId, ids))
    .groupBy(identityOverride.identityId);
  const traits = await tx
    .select({ id: trait.identityId, count: count() })
    .from(trait)
    .where(inArray(trait.identityId, ids))
    .groupBy(trait.identityId);
  const counted = (list: typeof overrides) => new Map(list.map((it) => [it.id, it.count]));
  const [byOverride, byTrait] = [counted(overrides), counted(traits)];
  return rows.map((row) => ({
    id: row.id,
    identifier: row.identifier,
    createdAt: row.createdAt.toISOString(),
    lastSeen: row.lastSeen?.toISOString() ?? null,
    overrides: byOverride.get(row.id) ?? 0,
    traits: byTrait.get(row.id) ?? 0,
  }));
}
