import type { RevisionKind } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { identityOverride } from "@halyard/db/schema";
import type { JsonValue } from "@halyard/evaluator/model";
import { and, eq } from "drizzle-orm";
import { notFound } from "../../errors.ts";
import { getLiveFlag, toOverrideState } from "../flags/index.ts";
import { withRevision } from "../revisions/index.ts";
import { findIdentity, getIdentity, type IdentityDetail, type IdentityRow, readIdentityRecord } from "./identities.queries.ts";
import { findOrMakeIdentity, getIdentityDetail, type IdentityCall } from "./identities.service.ts";

interface Write {
  readonly identifier: string;
  readonly flag: string;
  readonly expectedVersion?: number | undefined;
  readonly comment?: string | undefined;
}

interface OverrideWish extends Write {
  readonly enabled: boolean;
  readonly value?: JsonValue | undefined;
  readonly weights?: readonly { readonly variant: string; readonly weight: number }[] | undefined;
  readonly bucketBy?: string | null | undefined;
}

/** What one identity gets, whatever its segments say. Makes the identity where it is not known yet. */
export async function setIdentityOverride(call: IdentityCall, wish: OverrideWish): Promise<IdentityDetail> {
  const environmentId = call.environment.id;
  await reviseOverride(call, { ...wish, kind: "identity-override.set" }, async (tx) => {
    const flag = await getLiveFlag(tx, call.project.id, wish.flag);
    const row = await findOrMakeIdentity(tx, environmentId, wish.identifier);
    const [existing] = await tx.select().from(identityOverride).where(isOf(row, flag));
    // Whoever names a value means that one, not a share of the variants.
    const weights = wish.weights ?? (wish.value === undefined ? undefined : []);
    const state = await toOverrideState(tx, { flag, environmentId, existing, wish: { ...wish, weights } });
    if (existing) await tx.update(identityOverride).set(state).where(eq(identityOverride.id, existing.id));
    else await tx.insert(identityOverride).values({ environmentId, identityId: row.id, flagId: flag.id, ...state });
    return row;
  });
  return getIdentityDetail(call, wish.identifier);
}

export async function deleteIdentityOverride(call: IdentityCall, wish: Write): Promise<IdentityDetail> {
  await reviseOverride(call, { ...wish, kind: "identity-override.deleted" }, async (tx) => {
    const flag = await getLiveFlag(tx, call.project.id, wish.flag);
    const row = await getIdentity(tx, call.environment.id, wish.identifier);
    const [gone] = await tx.delete(identityOverride).where(isOf(row, flag)).returning({ id: identityOverride.id });
    if (!gone) throw notFound("override of this identity for flag", wish.flag);
    return row;
  });
  return getIdentityDetail(call, wish.identifier);
}

const isOf = (row: IdentityRow, flag: { readonly id: number }) =>
  and(eq(identityOverride.identityId, row.id), eq(identityOverride.flagId, flag.id));

async function reviseOverride(
  call: IdentityCall,
  { kind, identifier, flag, comment, expectedVersion }: Write & { readonly kind: RevisionKind },
  write: (tx: Db) => Promise<IdentityRow>,
): Promise<void> {
  const environmentId = call.environment.id;
  const known = await findIdentity(call.db, environmentId, identifier);
  await withRevision(
    call.revisions,
    {
      actor: call.actor,
      request: call.request,
      kind,
      comment,
      project: call.project.id,
      environments: [environmentId],
      touches: { identities: known ? [known.id] : [] },
      about: [`flag:${flag}`],
      expected:
        expectedVersion === undefined
          ? undefined
          : {
              environmentId,
              version: expectedVersion,
              subject: `identity:${identifier}`,
              current: async (tx) => {
                const row = await findIdentity(tx, environmentId, identifier);
                return row ? readIdentityRecord(tx, row) : null;
              },
            },
    },
    async (tx) => {
      const row = await write(tx);
      return { result: undefined, touched: { identities: [row.id] } };
    },
  );
}
