import type { createInvitationInput, createInvitationLinkInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { invitation, member, user } from "@halyard/db/schema";
import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { Acting, Services } from "../../context.ts";
import { AppError, invalid, notFound } from "../../errors.ts";
import type { Asker } from "../../permissions/demand.ts";
import { refuseMoreThanOwn } from "../../permissions/escalation.ts";
import { wholly } from "../../permissions/grants.queries.ts";
import type { Organisation } from "../../scope.ts";
import { recordAudit } from "../audit/index.ts";
import { lockGroup, refuseStrongerGroup } from "../groups/index.ts";
import { type Invitation, type InvitationRow, isOpen, listInvitations } from "./invitations.queries.ts";
import { invitationUrl, makeToken } from "./token.ts";

type Gift = Pick<z.output<typeof createInvitationInput>, "role" | "groups">;
type LinkWish = Omit<z.output<typeof createInvitationLinkInput>, "organisation">;
type InOrganisation = Acting & Asker & Pick<Services, "mail" | "baseUrl"> & { readonly organisation: Organisation };

const MAIL_DAYS = 7;
const DAY_MS = 86_400_000;

/** Sends a mail whose link only the address it was sent to can use, once. */
export async function createInvitation(
  ctx: InOrganisation,
  { email, ...gift }: Gift & { readonly email: string },
): Promise<Invitation> {
  const { token, tokenHash } = makeToken();
  const made = await ctx.revisions.db.transaction(async (tx) => {
    await refuseMember(tx, ctx.organisation, email);
    const earlier = and(eq(invitation.organisationId, ctx.organisation.id), eq(invitation.email, email), isOpen());
    await tx.update(invitation).set({ revokedAt: new Date() }).where(earlier);
    const expiresAt = new Date(Date.now() + MAIL_DAYS * DAY_MS);
    return insertInvitation(tx, ctx, { ...gift, tokenHash, email, maxUses: 1, expiresAt });
  });
  ctx.mail.send({
    to: email,
    template: "invitation",
    data: {
      organisation: ctx.organisation.name,
      invitedBy: made.invitedBy ?? ctx.organisation.name,
      role: made.role ?? "member",
      url: invitationUrl(ctx.baseUrl, token),
      days: MAIL_DAYS,
    },
  });
  return made;
}

/** A link for whoever has it. Its address is in the answer, this once. */
export async function createInvitationLink(ctx: InOrganisation, { expiresAt, maxUses, ...gift }: LinkWish) {
  if (new Date(expiresAt) <= new Date()) throw invalid("expiresAt", "This time has passed; give a later one.");
  const { token, tokenHash } = makeToken();
  const made = await ctx.revisions.db.transaction((tx) =>
    insertInvitation(tx, ctx, { ...gift, tokenHash, email: null, maxUses: maxUses ?? null, expiresAt: new Date(expiresAt) }),
  );
  return { ...made, url: invitationUrl(ctx.baseUrl, token) };
}

/** @throws AppError `not_found` also for one that was used up or revoked before */
export async function revokeInvitation(ctx: InOrganisation, id: number): Promise<void> {
  await ctx.revisions.db.transaction(async (tx) => {
    const own = and(eq(invitation.id, id), eq(invitation.organisationId, ctx.organisation.id), isNull(invitation.revokedAt));
    const [row] = await tx.update(invitation).set({ revokedAt: new Date() }).where(own).returning();
    if (!row) throw notFound("invitation", id);
    await audit(tx, ctx, { action: "invitation.revoked", row });
  });
}

async function insertInvitation(
  tx: Db,
  ctx: InOrganisation,
  { groups = [], ...wish }: Gift & Pick<InvitationRow, "tokenHash" | "email" | "maxUses" | "expiresAt">,
): Promise<Invitation> {
  const { id: organisationId } = ctx.organisation;
  const asker = { db: tx, grants: ctx.grants };
  await refuseMoreThanOwn(asker, wish.role === null ? [] : [wholly(organisationId, wish.role)]);
  for (const group of groups) {
    await lockGroup(tx, organisationId, group);
    await refuseStrongerGroup(tx, asker, group);
  }
  const createdBy = ctx.actor.kind === "person" ? ctx.actor.userId : null;
  const [row] = await tx
    .insert(invitation)
    .values({ ...wish, organisationId, groupIds: [...groups], createdBy })
    .returning();
  if (!row) throw new TypeError("An insert returns its row.");
  await audit(tx, ctx, { action: "invitation.created", row });
  const [made] = await listInvitations(tx, organisationId, eq(invitation.id, row.id));
  if (!made) throw new TypeError("A new invitation is open.");
  return made;
}

async function refuseMember(tx: Db, { id, name }: Organisation, email: string): Promise<void> {
  const [row] = await tx
    .select({ id: member.id })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organisationId, id), eq(user.email, email)));
  if (row) throw new AppError("conflict", `${email} is a member of ${name} already; change the role instead.`);
}

/** By id, so that the log holds no address of somebody who never came. */
async function audit(
  tx: Db,
  ctx: Pick<InOrganisation, "actor" | "request" | "organisation">,
  { action, row }: { readonly action: string; readonly row: InvitationRow },
): Promise<void> {
  await recordAudit(tx, {
    actor: ctx.actor,
    action,
    subject: `invitation:${row.id}`,
    organisationId: ctx.organisation.id,
    after: { kind: row.email === null ? "link" : "mail", role: row.role, groups: row.groupIds },
    request: ctx.request,
  });
}
