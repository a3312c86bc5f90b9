import { createHash } from "node:crypto";
import { LIMITS } from "@halyard/contracts";
import type { Db } from "@halyard/db";
import { identity, trait } from "@halyard/db/schema";
import type { AttributeValue, JsonValue } from "@halyard/evaluator";
import { and, eq, inArray, or, sql } from "drizzle-orm";
import { groupBy } from "../../group-by.ts";
import type { StoredTraits } from "./delivery.ts";

export interface IdentityRef {
  readonly environmentId: number;
  readonly identifier: string;
}

export interface IdentityWrite extends IdentityRef {
  /** Null deletes. */
  readonly traits: Readonly<Record<string, AttributeValue>>;
}

type Traits = StoredTraits["traits"];
type TraitValue = Exclude<AttributeValue, null>;

const isScalar = (value: JsonValue): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const isTraitValue = (value: JsonValue): value is TraitValue =>
  isScalar(value) || (Array.isArray(value) && value.every(isScalar));

const LAST_SEEN_STEP = sql`interval '1 hour'`;

const hashOf = (identifier: string): Buffer => createHash("sha256").update(identifier).digest();
const nameOf = (environmentId: number, hash: Buffer): string => `${environmentId} ${hash.toString("hex")}`;
const nameOfRef = ({ environmentId, identifier }: IdentityRef): string => nameOf(environmentId, hashOf(identifier));

/** Stored traits of each, in the order asked. */
export async function readTraits(db: Db, refs: readonly IdentityRef[]): Promise<Traits[]> {
  const rows = await db
    .select({
      environmentId: identity.environmentId,
      hash: identity.identifierHash,
      id: trait.id,
      key: trait.key,
      value: trait.value,
    })
    .from(identity)
    .innerJoin(trait, eq(trait.identityId, identity.id))
    .where(isOneOf(refs));
  const found = new Map<string, Map<string, { id: number; value: TraitValue }>>();
  for (const { environmentId, hash, id, key, value } of rows) {
    if (!isTraitValue(value)) continue;
    const name = nameOf(environmentId, hash);
    const traits = found.get(name) ?? new Map<string, { id: number; value: TraitValue }>();
    found.set(name, traits.set(key, { id, value }));
  }
  return refs.map((ref) => found.get(nameOfRef(ref)) ?? new Map());
}

/**
 * Writes traits of many identities, each named once, in one transaction: one statement a table. Rows are locked in one order
 * everywhere, as batches in any other order deadlock each other.
 */
export async function writeTraits(db: Db, writes: readonly IdentityWrite[]): Promise<void> {
  const sorted = [...writes].sort((a, b) => a.environmentId - b.environmentId || compare(a.identifier, b.identifier));
  await db.transaction(async (tx) => {
    const ids = await lockIdentities(tx, sorted);
    const rows = sorted.flatMap((write) => {
      const identityId = ids.get(nameOfRef(write));
      if (identityId === undefined) return [];
      return Object.entries(write.traits)
        .sort(([a], [b]) => compare(a, b))
        .map(([key, value]) => ({ identityId, key, value }));
    });
    await deleteTraits(
      tx,
      rows.filter((row) => row.value === null),
    );
    await upsertTraits(
      tx,
      rows.filter((row) => row.value !== null),
    );
  });
}

/** Makes the identities that get a trait; those that only lose some are found, or left alone. */
async function lockIdentities(tx: Db, writes: readonly IdentityWrite[]): Promise<Map<string, number>> {
  const columns = { id: identity.id, environmentId: identity.environmentId, hash: identity.identifierHash };
  const ids = new Map<string, number>();
  const getting = writes.filter((it) => Object.values(it.traits).some((value) => value !== null));
  const losing = writes.filter((it) => !getting.includes(it));
  if (getting.length > 0) {
    // Arrays, and no row by row: with many rows, writing the statement would cost more than running it.
    const { rows } = (await tx.execute(sql`
      insert into ${identity} (environment_id, identifier, identifier_hash, last_seen)
      select asked.environment_id, asked.identifier, decode(asked.hash, 'hex'), now()
      from unnest(
        ${sql.param(getting.map((it) => it.environmentId))}::int[],
        ${sql.param(getting.map((it) => it.identifier))}::text[],
        ${sql.param(getting.map((it) => hashOf(it.identifier).toString("hex")))}::text[]
      ) as asked(environment_id, identifier, hash)
      on conflict (environment_id, identifier_hash) do update set last_seen =
        case when ${identity.lastSeen} > now() - ${LAST_SEEN_STEP} then ${identity.lastSeen} else now() end
      returning ${identity.id} as id, ${identity.environmentId} as environment, encode(${identity.identifierHash}, 'hex') as hash
    `)) as { rows: { id: number; environment: number; hash: string }[] };
    for (const row of rows) ids.set(`${row.environment} ${row.hash}`, row.id);
  }
  if (losing.length > 0) {
    const rows = await tx
      .select(columns)
      .from(identity)
      .where(isOneOf(losing))
      .orderBy(identity.environmentId, identity.identifier)
      .for("update");
    for (const row of rows) ids.set(nameOf(row.environmentId, row.hash), row.id);
  }
  return ids;
}

interface TraitRow {
  readonly identityId: number;
  readonly key: string;
  readonly value: AttributeValue;
}

async function deleteTraits(tx: Db, rows: readonly TraitRow[]): Promise<void> {
  if (rows.length === 0) return;
  const byIdentity = groupBy(rows, (row) => row.identityId);
  const conditions = [...byIdentity].map(([identityId, list]) =>
    and(
      eq(trait.identityId, identityId),
      inArray(
        trait.key,
        list.map((row) => row.key),
      ),
    ),
  );
  await tx.delete(trait).where(or(...conditions));
}

async function upsertTraits(tx: Db, rows: readonly TraitRow[]): Promise<void> {
  const wanted = await withinLimit(tx, rows);
  if (wanted.length === 0) return;
  await tx.execute(sql`
    insert into ${trait} (identity_id, key, value, updated_at)
    select asked.identity_id, asked.key, asked.value::jsonb, now()
    from unnest(
      ${sql.param(wanted.map((row) => row.identityId))}::int[],
      ${sql.param(wanted.map((row) => row.key))}::text[],
      ${sql.param(wanted.map((row) => JSON.stringify(row.value)))}::text[]
    ) as asked(identity_id, key, value)
    on conflict (identity_id, key) do update set value = excluded.value, updated_at = excluded.updated_at
    where ${trait.value} is distinct from excluded.value`);
}

/** Leaves out new traits of identities that are full. */
async function withinLimit(tx: Db, rows: readonly TraitRow[]): Promise<TraitRow[]> {
  if (rows.length === 0) return [];
  const stored = await tx
    .select({ identityId: trait.identityId, key: trait.key })
    .from(trait)
    .where(sql`${trait.identityId} = any(${sql.param([...new Set(rows.map((row) => row.identityId))])}::int[])`);
  const keys = new Map<number, Set<string>>();
  for (const { identityId, key } of stored) keys.set(identityId, (keys.get(identityId) ?? new Set()).add(key));
  return rows.filter(({ identityId, key }) => {
    const own = keys.get(identityId) ?? new Set();
    keys.set(identityId, own);
    if (own.has(key)) return true;
    if (own.size >= LIMITS.traitsPerIdentity) return false;
    own.add(key);
    return true;
  });
}

function isOneOf(refs: readonly IdentityRef[]) {
  const byEnvironment = groupBy(refs, (ref) => ref.environmentId);
  return or(
    ...[...byEnvironment].map(([environmentId, list]) =>
      and(
        eq(identity.environmentId, environmentId),
        inArray(
          identity.identifierHash,
          list.map((ref) => hashOf(ref.identifier)),
        ),
      ),
    ),
  );
}

/** By code units: the same order on every node, whatever its locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
