import type { invitation as invitationSchema } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { invitation, user, userGroup } from "@halyard/db/schema";
import { and, asc, eq, gt, inArray, isNull, lt, or, type SQL } from "drizzle-orm";
import type { z } from "zod";

export type Invitation = z.output<typeof invitationSchema>;
export type InvitationRow = typeof invitation.$inferSelect;

/** Not revoked, expired or used up. */
export const isOpen = (): SQL | undefined =>
  and(
    isNull(invitation.revokedAt),
    gt(invitation.expiresAt, new Date()),
    or(isNull(invitation.maxUses), lt(invitation.uses, invitation.maxUses)),
  );

/** Those that can still be accepted, the oldest first. */
export async function listInvitations(db: Db, organisationId: number, where?: SQL): Promise<Invitation[]> {
  const rows = await db
    .select({ invitation, invitedBy: user.name })
    .from(invitation)
    .leftJoin(user, eq(user.id, invitation.createdBy))
    .where(and(eq(invitation.organisationId, organisationId), isOpen(), where))
    .orderBy(asc(invitation.id));
  const ids = [...new Set(rows.flatMap((row) => row.invitation.groupIds))];
  const groups = await db
    .select({ id: userGroup.id, name: userGroup.name })
    .from(userGroup)
    .where(and(eq(userGroup.organisationId, organisationId), inArray(userGroup.id, ids)))
    .orderBy(asc(userGroup.name));
  return rows.map(({ invitation: row, invitedBy }) => ({
    id: row.id,
    kind: row.email === null ? "link" : "mail",
    email: row.email,
    role: row.role,
    groups: groups.filter((group) => row.groupIds.includes(group.id)),
    maxUses: row.maxUses,
    uses: row.uses,
    invitedBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Whether some organisation waits for this address, in lower case. */
export async function isInvited(db: Db, email: string): Promise<boolean> {
  const rows = await db
    .select({ id: invitation.id })
    .from(invitation)
    .where(and(eq(invitation.email, email), isOpen()))
    .limit(1);
  return rows.length > 0;
}
