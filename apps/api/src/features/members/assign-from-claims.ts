import { ROLES, type Role } from "@halyard/contracts/permissions";
import type { Db } from "@halyard/db";
import { groupMember, member, organisation, userGroup } from "@halyard/db/schema";
import { and, eq, isNotNull } from "drizzle-orm";
import type { ClaimsOf } from "../../auth/index.ts";
import { joinOrganisation } from "./join.ts";

/**
 * Makes a person's role, and groups that have a name in the directory, what the provider's claims say. Owners stay owners, and
 * groups without such a name stay as people arranged them.
 */
export async function assignFromClaims(db: Db, userId: string, { grants, organisations }: ClaimsOf): Promise<void> {
  await db.transaction(async (tx) => {
    for (const slug of organisations) {
      const [home] = await tx.select().from(organisation).where(eq(organisation.slug, slug));
      if (!home) continue;
      const own = grants.filter((it) => it.organisation === slug);
      const role = ROLES.find((it) => it !== "owner" && own.some((grant) => grant.role === it)) ?? null;
      if (own.length > 0) await joinOrganisation(tx, { organisationId: home.id, userId, role, groupIds: [] });
      const membership = await setRole(tx, { organisationId: home.id, userId, role });
      if (membership === undefined) continue;
      await setGroups(tx, {
        organisationId: home.id,
        memberId: membership,
        names: new Set(own.flatMap((it) => it.groups ?? [])),
      });
    }
  });
}

interface RoleWish {
  readonly organisationId: number;
  readonly userId: string;
  readonly role: Role | null;
}

/** @returns the membership, or `undefined` for who is no member */
async function setRole(tx: Db, { organisationId, userId, role }: RoleWish): Promise<number | undefined> {
  const own = and(eq(member.organisationId, organisationId), eq(member.userId, userId));
  const [found] = await tx.select().from(member).where(own).for("update");
  if (found && found.role !== "owner" && found.role !== role) await tx.update(member).set({ role }).where(own);
  return found?.id;
}

interface GroupWish {
  readonly organisationId: number;
  readonly memberId: number;
  /** As the directory calls them. */
  readonly names: ReadonlySet<string>;
}

async function setGroups(tx: Db, { organisationId, memberId, names }: GroupWish): Promise<void> {
  const known = await tx
    .select({ id: userGroup.id, externalId: userGroup.externalId })
    .from(userGroup)
    .where(and(eq(userGroup.organisationId, organisationId), isNotNull(userGroup.externalId)));
  for (const { id, externalId } of known) {
    if (names.has(externalId ?? "")) await tx.insert(groupMember).values({ groupId: id, memberId }).onConflictDoNothing();
    else await tx.delete(groupMember).where(and(eq(groupMember.groupId, id), eq(groupMember.memberId, memberId)));
  }
}
