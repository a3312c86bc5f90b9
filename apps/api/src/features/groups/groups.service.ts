import type { createGroupInput, updateGroupInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { groupMember, member, roleGrant, userGroup } from "@halyard/db/schema";
import { and, eq, ne, or } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError, notFound } from "../../errors.ts";
import type { Asker } from "../../permissions/demand.ts";
import { refuseMoreThanOwn } from "../../permissions/escalation.ts";
import { readGrants } from "../../permissions/grants.queries.ts";
import type { Organisation } from "../../scope.ts";
import { recordAudit } from "../audit/index.ts";
import { type Group, type GroupRow, getGroup, lockGroup } from "./groups.queries.ts";

type Wish = Omit<z.output<typeof createGroupInput>, "organisation">;
type Changes = Omit<z.output<typeof updateGroupInput>, "organisation" | "id">;
type InOrganisation = Acting & Asker & { readonly organisation: Organisation };

/** @throws AppError `conflict` where name or external id are taken */
export async function createGroup(ctx: InOrganisation, { name, description, externalId, isDefault }: Wish): Promise<Group> {
  return ctx.revisions.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(userGroup)
      .values({ organisationId: ctx.organisation.id, name, description, externalId, isDefault })
      .onConflictDoNothing()
      .returning();
    if (!row) throw taken(name);
    await audit(tx, ctx, { action: "group.created", group: row, after: settingsOf(row) });
    return getGroup(tx, ctx.organisation.id, row.id);
  });
}

export async function updateGroup(ctx: InOrganisation, id: number, changes: Changes): Promise<Group> {
  const organisationId = ctx.organisation.id;
  return ctx.revisions.db.transaction(async (tx) => {
    const before = await lockGroup(tx, organisationId, id);
    const { name, description, externalId, isDefault } = changes;
    const wanted = { name, description, externalId, isDefault };
    // Everybody who joins would get what the group holds.
    if (isDefault === true && !before.isDefault) await refuseStrongerGroup(tx, ctx, id);
    if (await isTaken(tx, { ...before, ...(name !== undefined && { name }), ...(externalId !== undefined && { externalId }) })) {
      throw taken(name ?? before.name);
    }
    if (Object.values(wanted).some((it) => it !== undefined)) {
      const [after = before] = await tx.update(userGroup).set(wanted).where(eq(userGroup.id, id)).returning();
      await audit(tx, ctx, { action: "group.updated", group: after, before: settingsOf(before), after: settingsOf(after) });
    }
    return getGroup(tx, organisationId, id);
  });
}

/** With its grants: whoever was in it loses what it gave. */
export async function deleteGroup(ctx: InOrganisation, id: number): Promise<void> {
  await ctx.revisions.db.transaction(async (tx) => {
    const row = await lockGroup(tx, ctx.organisation.id, id);
    await tx.delete(userGroup).where(eq(userGroup.id, id));
    await audit(tx, ctx, { action: "group.deleted", group: row, before: settingsOf(row) });
  });
}

/** Says who is in it, so a retry changes nothing. @throws AppError `forbidden` where the group gives more than the caller holds */
export async function addToGroup(ctx: InOrganisation, { id, userId }: { id: number; userId: string }): Promise<Group> {
  const organisationId = ctx.organisation.id;
  return ctx.revisions.db.transaction(async (tx) => {
    const row = await lockGroup(tx, organisationId, id);
    await refuseStrongerGroup(tx, ctx, id);
    const memberId = await getMemberId(tx, organisationId, userId);
    const made = await tx.insert(groupMember).values({ groupId: id, memberId }).onConflictDoNothing().returning();
    if (made.length > 0) await audit(tx, ctx, { action: "group.member-added", group: row, after: { userId } });
    return getGroup(tx, organisationId, id);
  });
}

/** @throws AppError `not_found` also for a member who is not in it */
export async function removeFromGroup(ctx: InOrganisation, { id, userId }: { id: number; userId: string }): Promise<Group> {
  const organisationId = ctx.organisation.id;
  return ctx.revisions.db.transaction(async (tx) => {
    const row = await lockGroup(tx, organisationId, id);
    const memberId = await getMemberId(tx, organisationId, userId);
    const gone = await tx
      .delete(groupMember)
      .where(and(eq(groupMember.groupId, id), eq(groupMember.memberId, memberId)))
      .returning();
    if (gone.length === 0) throw notFound("member of this group", userId);
    await audit(tx, ctx, { action: "group.member-removed", group: row, before: { userId } });
    return getGroup(tx, organisationId, id);
  });
}

export const refuseStrongerGroup = async (tx: Db, { grants }: Pick<Asker, "grants">, id: number): Promise<void> =>
  refuseMoreThanOwn({ db: tx, grants }, await readGrants(tx, eq(roleGrant.groupId, id)));

async function getMemberId(tx: Db, organisationId: number, userId: string): Promise<number> {
  const [row] = await tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.organisationId, organisationId), eq(member.userId, userId)));
  if (!row) throw notFound("member", userId);
  return row.id;
}

async function isTaken(tx: Db, { id, organisationId, name, externalId }: GroupRow): Promise<boolean> {
  const same = or(eq(userGroup.name, name), externalId === null ? undefined : eq(userGroup.externalId, externalId));
  const others = await tx
    .select({ id: userGroup.id })
    .from(userGroup)
    .where(and(eq(userGroup.organisationId, organisationId), ne(userGroup.id, id), same));
  return others.length > 0;
}

const taken = (name: string) =>
  new AppError("conflict", `There is another group with the name ${name} or this external id; choose others.`);

const settingsOf = ({ name, externalId, isDefault }: GroupRow) => ({ name, externalId, isDefault });

interface GroupChange extends Pick<Parameters<typeof recordAudit>[1], "action" | "before" | "after"> {
  readonly group: GroupRow;
}

async function audit(tx: Db, ctx: InOrganisation, { group, ...change }: GroupChange): Promise<void> {
  await recordAudit(tx, {
    ...change,
    actor: ctx.actor,
    subject: `group:${group.name}`,
    organisationId: ctx.organisation.id,
    request: ctx.request,
  });
}
