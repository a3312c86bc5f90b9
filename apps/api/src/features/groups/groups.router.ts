import { createGroupInput, group, inOrganisation, ofGroup, ofGroupMember, updateGroupInput } from "@halyard/contracts/schemas";
import { z } from "zod";
import { organisationProcedure, router } from "../../trpc.ts";
import { getGroup, listGroups } from "./groups.queries.ts";
import { addToGroup, createGroup, deleteGroup, removeFromGroup, updateGroup } from "./groups.service.ts";

const path = "/organisations/{organisation}/groups";
const tag = "Groups";

export const groupsRouter = router({
  list: organisationProcedure("VIEW_MEMBERS")
    .meta({ rest: { method: "GET", path, summary: "List groups and who is in them", tag } })
    .input(inOrganisation)
    .output(z.array(group))
    .query(({ ctx }) => listGroups(ctx.db, ctx.organisation.id)),

  get: organisationProcedure("VIEW_MEMBERS")
    .meta({ rest: { method: "GET", path: `${path}/{id}`, summary: "Get a group", tag } })
    .input(ofGroup)
    .output(group)
    .query(({ ctx, input }) => getGroup(ctx.db, ctx.organisation.id, input.id)),

  create: organisationProcedure("MANAGE_USER_GROUPS")
    .meta({ rest: { method: "POST", path, summary: "Make a group", tag, status: 201 } })
    .input(createGroupInput)
    .output(group)
    .mutation(({ ctx, input }) => createGroup(ctx, input)),

  update: organisationProcedure("MANAGE_USER_GROUPS")
    .meta({ rest: { method: "PATCH", path: `${path}/{id}`, summary: "Change a group", tag } })
    .input(updateGroupInput)
    .output(group)
    .mutation(({ ctx, input }) => updateGroup(ctx, input.id, input)),

  delete: organisationProcedure("MANAGE_USER_GROUPS")
    .meta({ rest: { method: "DELETE", path: `${path}/{id}`, summary: "Delete a group and its grants", tag, status: 204 } })
    .input(ofGroup)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteGroup(ctx, input.id)),

  addMember: organisationProcedure("MANAGE_USER_GROUPS")
    .meta({ rest: { method: "PUT", path: `${path}/{id}/members/{userId}`, summary: "Put a member in a group", tag } })
    .input(ofGroupMember)
    .output(group)
    .mutation(({ ctx, input }) => addToGroup(ctx, input)),

  removeMember: organisationProcedure("MANAGE_USER_GROUPS")
    .meta({ rest: { method: "DELETE", path: `${path}/{id}/members/{userId}`, summary: "Take a member out of a group", tag } })
    .input(ofGroupMember)
    .output(group)
    .mutation(({ ctx, input }) => removeFromGroup(ctx, input)),
});
