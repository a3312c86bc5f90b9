import type { offeredInvitation } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { invitation, organisation, user } from "@halyard/db/schema";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError, notFound } from "../../errors.ts";
import { recordAudit } from "../audit/index.ts";
import { joinOrganisation } from "../members/index.ts";
import { type Organisation, toOrganisation } from "../organisations/index.ts";
import type { InvitationRow } from "./invitations.queries.ts";
import { hashToken } from "./token.ts";

type Offer = z.output<typeof offeredInvitation>;

/** @throws AppError `not_found` for an unknown token, `gone` for one that was good once */
export async function showInvitation(db: Db, token: string): Promise<Offer> {
  const [found] = await db
    .select({ invitation, organisation, invitedBy: user.name })
    .from(invitation)
    .innerJoin(organisation, eq(organisation.id, invitation.organisationId))
    .leftJoin(user, eq(user.id, invitation.createdBy))
    .where(eq(invitation.tokenHash, hashToken(token)));
  if (!found) throw unknown();
  refuseGone(found.invitation);
  const { name, slug } = found.organisation;
  const { email, role, expiresAt } = found.invitation;
  return { organisation: { name, slug }, email, role, invitedBy: found.invitedBy, expiresAt: expiresAt.toISOString() };
}

/**
 * Makes the caller a member. The invitation's row is locked, so that the last use is used once.
 *
 * @throws AppError `forbidden` for whom it was not sent to, `gone` where it is no longer good, `conflict` for a member
 */
export async function acceptInvitation(ctx: Acting, token: string): Promise<Organisation> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new AppError("forbidden", "Only a person can accept an invitation; sign in.");
  const { userId } = actor;
  return ctx.revisions.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(invitation)
      .where(eq(invitation.tokenHash, hashToken(token)))
      .for("update");
    if (!row) throw unknown();
    if (row.email !== null) await refuseOthers(tx, userId, row.email);
    refuseGone(row);
    const { organisationId, role, groupIds } = row;
    const [home] = await tx.select().from(organisation).where(eq(organisation.id, organisationId));
    if (!home) throw unknown();
    const joined = await joinOrganisation(tx, { organisationId, userId, role, groupIds });
    if (joined === undefined) throw new AppError("conflict", `You are a member of ${home.name} already.`);
    await tx
      .update(invitation)
      .set({ uses: sql`${invitation.uses} + 1` })
      .where(eq(invitation.id, row.id));
    await recordAudit(tx, {
      actor,
      action: "invitation.accepted",
      subject: `user:${userId}`,
      organisationId,
      after: { invitation: row.id, role },
      request: ctx.request,
    });
    return toOrganisation({ ...home, role });
  });
}

/** A link that was forwarded, or guessed from a stolen mailbox of the same name elsewhere, lets nobody in. */
async function refuseOthers(tx: Db, userId: string, email: string): Promise<void> {
  const [person] = await tx.select().from(user).where(eq(user.id, userId));
  if (person?.email !== email) {
    throw new AppError("forbidden", `This invitation was sent to another address. Sign in with the account of ${masked(email)}.`);
  }
  if (!person.emailVerified) {
    throw new AppError("forbidden", `Confirm first that ${email} is yours: open the link in the mail you were sent.`);
  }
}

/** `a…@example.com`: enough for its owner. */
const masked = (email: string): string => email.replace(/^(.).*@/, "$1…@");

function refuseGone({ revokedAt, expiresAt, uses, maxUses }: InvitationRow): void {
  const why =
    revokedAt !== null
      ? "was revoked"
      : expiresAt <= new Date()
        ? "has expired"
        : uses >= (maxUses ?? Infinity)
          ? "was used"
          : "";
  if (why !== "") throw new AppError("gone", `This invitation ${why}. Ask whoever invited you for a new one.`);
}

const unknown = () => notFound("invitation", "with this token");
