import { isDeepStrictEqual } from "node:util";
import { LIMITS } from "@halyard/contracts";
import type { Db } from "@halyard/db";
import { identity, trait } from "@halyard/db/schema";
import { and, count, eq } from "drizzle-orm";
import type { InEnvironment } from "../../call.ts";
import type { Services } from "../../context.ts";
import { AppError, invalid } from "../../errors.ts";
import { recordAudit } from "../audit/index.ts";
import { withRevision } from "../revisions/index.ts";
import { evaluateContext } from "./evaluate.ts";
import {
  getIdentity,
  hashIdentifier,
  type IdentityDetail,
  type IdentityRow,
  readFlagOverrides,
  readIdentityRecord,
  type TraitValues,
} from "./identities.queries.ts";

/** Traits are in no revision: caches are told instead. */
export interface IdentityCall extends InEnvironment {
  readonly db: Services["db"];
  readonly delivery: Services["delivery"];
}

/** Traits, segments, and what it gets from every flag and why. */
export async function getIdentityDetail(call: IdentityCall, identifier: string): Promise<IdentityDetail> {
  const row = await getIdentity(call.db, call.environment.id, identifier);
  const record = await readIdentityRecord(call.db, row);
  const context = { targetingKey: identifier, attributes: record.traitValues, now: Date.now() };
  const { segments, outcomes } = await evaluateContext(call, call.environment.id, context);
  return { ...record, segments, outcomes };
}

export async function createIdentity(
  call: IdentityCall,
  { identifier, traits }: { readonly identifier: string; readonly traits: TraitValues },
): Promise<IdentityDetail> {
  const rows = Object.entries(traits);
  if (rows.length > LIMITS.traitsPerIdentity) throw invalid("traits", `Use at most ${LIMITS.traitsPerIdentity} traits.`);
  const environmentId = call.environment.id;
  await call.db.transaction(async (tx) => {
    const [made] = await tx
      .insert(identity)
      .values({ environmentId, identifier, identifierHash: hashIdentifier(identifier) })
      .onConflictDoNothing()
      .returning();
    if (!made) {
      throw new AppError("conflict", `The identity \`${identifier}\` exists already; set its traits instead.`, {
        current: await readIdentityRecord(tx, await getIdentity(tx, environmentId, identifier)),
      });
    }
    if (rows.length > 0) await tx.insert(trait).values(rows.map(([key, value]) => ({ identityId: made.id, key, value })));
    await record(tx, call, { action: "identity.created", identifier });
  });
  call.delivery.identities.forget(environmentId, identifier);
  return getIdentityDetail(call, identifier);
}

interface TraitChange {
  readonly identifier: string;
  readonly key: string;
  /** Null removes it. */
  readonly value: TraitValues[string] | null;
}

export async function setTrait(call: IdentityCall, { identifier, key, value }: TraitChange): Promise<IdentityDetail> {
  await call.db.transaction(async (tx) => {
    const row = await lockIdentity(tx, call.environment.id, identifier);
    const mine = and(eq(trait.identityId, row.id), eq(trait.key, key));
    const [existing] = await tx.select().from(trait).where(mine);
    if (isDeepStrictEqual(existing?.value ?? null, value)) return;
    if (value === null) await tx.delete(trait).where(mine);
    else if (existing) await tx.update(trait).set({ value, updatedAt: new Date() }).where(mine);
    else {
      await checkRoom(tx, row);
      await tx.insert(trait).values({ identityId: row.id, key, value });
    }
    await record(tx, call, { action: value === null ? "trait.deleted" : "trait.set", identifier, trait: key });
  });
  call.delivery.identities.forget(call.environment.id, identifier);
  return getIdentityDetail(call, identifier);
}

async function lockIdentity(tx: Db, environmentId: number, identifier: string): Promise<IdentityRow> {
  const row = await getIdentity(tx, environmentId, identifier);
  await tx.select({ id: identity.id }).from(identity).where(eq(identity.id, row.id)).for("update");
  // It may have been forgotten while this waited for the lock.
  return getIdentity(tx, environmentId, identifier);
}

async function checkRoom(tx: Db, row: IdentityRow): Promise<void> {
  const [stored] = await tx.select({ count: count() }).from(trait).where(eq(trait.identityId, row.id));
  if ((stored?.count ?? 0) >= LIMITS.traitsPerIdentity) {
    throw new AppError("conflict", `An identity has at most ${LIMITS.traitsPerIdentity} traits; remove one first.`);
  }
}

/** Forgets traits, overrides and the identity itself. */
export async function deleteIdentity(call: IdentityCall, identifier: string): Promise<void> {
  const environmentId = call.environment.id;
  const seen = await getIdentity(call.db, environmentId, identifier);
  await withRevision(
    call.revisions,
    {
      actor: call.actor,
      request: call.request,
      kind: "identity.deleted",
      project: call.project.id,
      environments: [environmentId],
      touches: { identities: [seen.id] },
    },
    async (tx) => {
      const row = await getIdentity(tx, environmentId, identifier);
      // Without an override no SDK has heard of it, so there is no revision to record it.
      const isKnownToSdks = (await readFlagOverrides(tx, row.id)).length > 0;
      if (!isKnownToSdks) await record(tx, call, { action: "identity.deleted", identifier });
      await tx.delete(identity).where(eq(identity.id, row.id));
      return { result: undefined, touched: { identities: [row.id] } };
    },
  );
  call.delivery.identities.forget(environmentId, identifier);
}

/** The identity, made where it is not known yet. */
export async function findOrMakeIdentity(tx: Db, environmentId: number, identifier: string): Promise<IdentityRow> {
  await tx
    .insert(identity)
    .values({ environmentId, identifier, identifierHash: hashIdentifier(identifier) })
    .onConflictDoNothing();
  return getIdentity(tx, environmentId, identifier);
}

interface IdentityEvent {
  readonly action: "identity.created" | "identity.deleted" | "trait.set" | "trait.deleted";
  readonly identifier: string;
  readonly trait?: string;
}

/** Names the trait and not its value: what is forgotten must not live on here. */
async function record(tx: Db, call: IdentityCall, { action, identifier, trait }: IdentityEvent): Promise<void> {
  await recordAudit(tx, {
    actor: call.actor,
    action,
    subject: `identity:${identifier}`,
    projectId: call.project.id,
    environmentId: call.environment.id,
    ...(trait !== undefined && { after: { trait } }),
    request: call.request,
  });
}
