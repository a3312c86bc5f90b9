import { addMemberInput, inOrganisation, member, ofMember, setMemberRoleInput } from "@halyard/contracts/schemas";
import { z } from "zod";
import { organisationProcedure, router } from "../../trpc.ts";
import { addMember, leaveOrganisation, listMembers, removeMember, setMemberRole, transferOwnership } from "./members.service.ts";

const path = "/organisations/{organisation}/members";
const tag = "Members";

export const membersRouter = router({
  list: organisationProcedure("VIEW_MEMBERS")
    .meta({ rest: { method: "GET", path, summary: "List an organisation's members", tag } })
    .input(inOrganisation)
    .output(z.array(member))
    .query(({ ctx }) => listMembers(ctx.db, ctx.organisation.id)),

  add: organisationProcedure("MANAGE_MEMBERS")
    .meta({ rest: { method: "POST", path, summary: "Add somebody, with a new account if need be", tag, status: 201 } })
    .input(addMemberInput)
    .output(member)
    .mutation(({ ctx, input }) => addMember(ctx, input)),

  setRole: organisationProcedure("MANAGE_MEMBERS")
    .meta({ rest: { method: "PATCH", path: `${path}/{userId}`, summary: "Change a member's role", tag } })
    .input(setMemberRoleInput)
    .output(member)
    .mutation(({ ctx, input }) => setMemberRole(ctx, input.userId, input.role)),

  remove: organisationProcedure("MANAGE_MEMBERS")
    .meta({ rest: { method: "DELETE", path: `${path}/{userId}`, summary: "Remove a member", tag, status: 204 } })
    .input(ofMember)
    .output(z.void())
    .mutation(({ ctx, input }) => removeMember(ctx, input.userId)),

  leave: organisationProcedure("VIEW_ORGANISATION")
    .meta({
      rest: { method: "POST", path: "/organisations/{organisation}/leave", summary: "Leave an organisation", tag, status: 204 },
    })
    .input(inOrganisation)
    .output(z.void())
    .mutation(({ ctx }) => leaveOrganisation(ctx)),

  transferOwnership: organisationProcedure("MANAGE_OWNERS")
    .meta({
      rest: {
        method: "POST",
        path: `${path}/{userId}/ownership`,
        summary: "Make another member the owner in your place",
        tag,
      },
    })
    .input(ofMember)
    .output(member)
    .mutation(({ ctx, input }) => transferOwnership(ctx, input.userId)),
});
