import type { group as groupSchema } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { groupMember, member, user, userGroup } from "@halyard/db/schema";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../errors.ts";
import { groupBy } from "../../group-by.ts";

export type Group = z.output<typeof groupSchema>;
export type GroupRow = typeof userGroup.$inferSelect;

/** With who is in them. */
export async function listGroups(db: Db, organisationId: number): Promise<Group[]> {
  const rows = await db.select().from(userGroup).where(eq(userGroup.organisationId, organisationId)).orderBy(asc(userGroup.name));
  return withMembers(db, rows);
}

export async function getGroup(db: Db, organisationId: number, id: number): Promise<Group> {
  const [group] = await withMembers(db, await db.select().from(userGroup).where(isGroup(organisationId, id)));
  if (!group) throw notFound("group", id);
  return group;
}

/** So that it cannot be deleted meanwhile. @throws AppError `not_found` */
export async function lockGroup(tx: Db, organisationId: number, id: number): Promise<GroupRow> {
  const [row] = await tx.select().from(userGroup).where(isGroup(organisationId, id)).for("update");
  if (!row) throw notFound("group", id);
  return row;
}

const isGroup = (organisationId: number, id: number) => and(eq(userGroup.id, id), eq(userGroup.organisationId, organisationId));

async function withMembers(db: Db, rows: readonly GroupRow[]): Promise<Group[]> {
  const people = await db
    .select({ groupId: groupMember.groupId, userId: user.id, name: user.name })
    .from(groupMember)
    .innerJoin(member, eq(member.id, groupMember.memberId))
    .innerJoin(user, eq(user.id, member.userId))
    .where(
      inArray(
        groupMember.groupId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(user.name), asc(user.id));
  const byGroup = groupBy(people, (row) => row.groupId);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    externalId: row.externalId,
    isDefault: row.isDefault,
    members: (byGroup.get(row.id) ?? []).map(({ userId, name }) => ({ userId, name })),
    createdAt: row.createdAt.toISOString(),
  }));
}
