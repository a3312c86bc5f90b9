import {
  createdInvitationLink,
  createInvitationInput,
  createInvitationLinkInput,
  inOrganisation,
  invitation,
  offeredInvitation,
  ofInvitation,
  organisation,
  withInvitationToken,
} from "@halyard/contracts/schemas";
import { z } from "zod";
import { organisationProcedure, publicProcedure, router, signedInProcedure } from "../../trpc.ts";
import { acceptInvitation, showInvitation } from "./accept-invitation.ts";
import { listInvitations } from "./invitations.queries.ts";
import { createInvitation, createInvitationLink, revokeInvitation } from "./invitations.service.ts";

const path = "/organisations/{organisation}/invitations";
const tag = "Invitations";

export const invitationsRouter = router({
  list: organisationProcedure("MANAGE_MEMBERS")
    .meta({ rest: { method: "GET", path, summary: "List invitations that can still be accepted", tag } })
    .input(inOrganisation)
    .output(z.array(invitation))
    .query(({ ctx }) => listInvitations(ctx.db, ctx.organisation.id)),

  create: organisationProcedure("MANAGE_MEMBERS")
    .meta({ rest: { method: "POST", path, summary: "Invite an address by mail, for seven days", tag, status: 201 } })
    .input(createInvitationInput)
    .output(invitation)
    .mutation(({ ctx, input: { email, role, groups } }) => createInvitation(ctx, { email, role, groups })),

  createLink: organisationProcedure("MANAGE_MEMBERS")
    .meta({
      rest: { method: "POST", path: `${path}/links`, summary: "Make a link to join by; shown this once", tag, status: 201 },
    })
    .input(createInvitationLinkInput)
    .output(createdInvitationLink)
    .mutation(({ ctx, input: { organisation: _, ...wish } }) => createInvitationLink(ctx, wish)),

  revoke: organisationProcedure("MANAGE_MEMBERS")
    .meta({ rest: { method: "DELETE", path: `${path}/{id}`, summary: "Revoke an invitation", tag, status: 204 } })
    .input(ofInvitation)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input.id)),

  /** A mutation, because the token does not belong in addresses and logs; it changes nothing. */
  show: publicProcedure("Whoever was invited may have no account yet; the token is the proof.")
    .meta({ rest: { method: "POST", path: "/invitations/shown", summary: "See an invitation by its token", tag } })
    .input(withInvitationToken)
    .output(offeredInvitation)
    .mutation(({ ctx, input }) => showInvitation(ctx.db, input.token)),

  accept: signedInProcedure("Nobody is a member before; the token is the proof.")
    .meta({ rest: { method: "POST", path: "/invitations/accepted", summary: "Accept an invitation by its token", tag } })
    .input(withInvitationToken)
    .output(organisation)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input.token)),
});
