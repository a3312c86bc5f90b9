import { type Grant, isPermission, ROLE_PERMISSIONS, type Role, withViews } from "@halyard/contracts/permissions";
import type { Db } from "@halyard/db";
import { apiKey, customRole, groupMember, member, roleGrant, user } from "@halyard/db/schema";
import { and, asc, eq, inArray, or, type SQL } from "drizzle-orm";
import type { Actor } from "../actor.ts";

/** What somebody holds in one organisation. */
export interface Holding {
  /** The role in the whole organisation; null where only grants and groups give something. */
  readonly role: Role | null;
  readonly grants: readonly Grant[];
}

/** @returns `undefined` where the actor has no part in the organisation */
export async function readHolding(db: Db, actor: Actor, organisationId: number): Promise<Holding | undefined> {
  switch (actor.kind) {
    case "system":
      return { role: "owner", grants: [wholly(organisationId, "owner")] };
    case "program": {
      if (actor.organisationId !== organisationId) return undefined;
      const [key] = await db.select({ role: apiKey.role }).from(apiKey).where(eq(apiKey.id, actor.apiKeyId));
      return key && hold(db, { organisationId, role: key.role, subject: eq(roleGrant.apiKeyId, actor.apiKeyId) });
    }
    case "person": {
      const [row] = await db
        .select({ id: member.id, role: member.role })
        .from(member)
        .where(and(eq(member.organisationId, organisationId), eq(member.userId, actor.userId)));
      return row && hold(db, { organisationId, role: row.role, subject: ofMember(db, row.id) });
    }
  }
}

/** Everything a member's grants and groups give. */
export const ofMember = (db: Db, memberId: number): SQL | undefined =>
  or(
    eq(roleGrant.memberId, memberId),
    inArray(
      roleGrant.groupId,
      db.select({ id: groupMember.groupId }).from(groupMember).where(eq(groupMember.memberId, memberId)),
    ),
  );

interface Part {
  readonly organisationId: number;
  readonly role: Role | null;
  readonly subject: SQL | undefined;
}

async function hold(db: Db, { organisationId, role, subject }: Part): Promise<Holding> {
  const own =
    role === null
      ? { place: { organisation: organisationId }, permissions: MEMBERSHIP, tags: null }
      : wholly(organisationId, role);
  return { role, grants: [own, ...(await readGrants(db, and(eq(roleGrant.organisationId, organisationId), subject)))] };
}

/** Grants of the rows that `where` chooses, as {@link Grant}s. */
export async function readGrants(db: Db, where: SQL | undefined): Promise<Grant[]> {
  const rows = await db
    .select({ grant: roleGrant, permissions: customRole.permissions })
    .from(roleGrant)
    .leftJoin(customRole, eq(customRole.id, roleGrant.customRoleId))
    .where(where)
    .orderBy(asc(roleGrant.id));
  return rows.map(({ grant, permissions }) => ({
    place: {
      organisation: grant.organisationId,
      project: grant.projectId ?? undefined,
      environment: grant.environmentId ?? undefined,
    },
    permissions: grant.role === null ? withViews((permissions ?? []).filter(isPermission)) : ROLE_PERMISSIONS[grant.role],
    tags: grant.tagIds,
  }));
}

const MEMBERSHIP = new Set(["VIEW_ORGANISATION"] as const);

export const wholly = (organisationId: number, role: Role): Grant => ({
  place: { organisation: organisationId },
  permissions: ROLE_PERMISSIONS[role],
  tags: null,
});

/** Names of those who can help somebody who lacks a permission: owners first, then admins. */
export async function listGranters(db: Db, organisationId: number, most: number): Promise<string[]> {
  const rows = await db
    .select({ name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organisationId, organisationId), inArray(member.role, ["owner", "admin"])))
    .orderBy(asc(member.role), asc(member.id))
    .limit(most);
  return rows.map((row) => row.name);
}
