import type { Role } from "@halyard/contracts/permissions";
import type { Db } from "@halyard/db";
import { groupMember, member, userGroup } from "@halyard/db/schema";
import { and, eq, inArray, or } from "drizzle-orm";

export interface Joining {
  readonly organisationId: number;
  readonly userId: string;
  readonly role: Role | null;
  /** Besides those that everybody is put in. Groups of other organisations, and such as are gone, are left out. */
  readonly groupIds?: readonly number[];
}

/** Makes somebody a member. @returns `undefined` for who is one already; nothing is changed then */
export async function joinOrganisation(
  tx: Db,
  { organisationId, userId, role, groupIds = [] }: Joining,
): Promise<number | undefined> {
  const [made] = await tx
    .insert(member)
    .values({ organisationId, userId, role })
    .onConflictDoNothing()
    .returning({ id: member.id });
  if (!made) return undefined;
  const groups = await tx
    .select({ id: userGroup.id })
    .from(userGroup)
    .where(
      and(eq(userGroup.organisationId, organisationId), or(eq(userGroup.isDefault, true), inArray(userGroup.id, [...groupIds]))),
    );
  if (groups.length > 0) {
    await tx.insert(groupMember).values(groups.map((group) => ({ groupId: group.id, memberId: made.id })));
  }
  return made.id;
}
