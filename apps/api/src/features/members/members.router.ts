import { addMemberInput, inOrganisation, member, removeMemberInput, setMemberRoleInput } from "@halyard/contracts/schemas";
import { z } from "zod";
import { organisationProcedure, router } from "../../trpc.ts";
import { addMember, listMembers, removeMember, setMemberRole } from "./members.service.ts";

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
    .input(removeMemberInput)
    .output(z.void())
    .mutation(({ ctx, input }) => removeMember(ctx, input.userId)),
});
