import { createRoleInput, customRole, inOrganisation, ofRole, updateRoleInput } from "@halyard/contracts/schemas";
import { z } from "zod";
import { organisationProcedure, router } from "../../trpc.ts";
import { createRole, deleteRole, listRoles, updateRole } from "./roles.service.ts";

const path = "/organisations/{organisation}/roles";
const tag = "Roles";

export const rolesRouter = router({
  list: organisationProcedure("VIEW_MEMBERS")
    .meta({ rest: { method: "GET", path, summary: "List the roles an organisation made for itself", tag } })
    .input(inOrganisation)
    .output(z.array(customRole))
    .query(({ ctx }) => listRoles(ctx.db, ctx.organisation.id)),

  create: organisationProcedure("MANAGE_ROLES")
    .meta({ rest: { method: "POST", path, summary: "Make a role", tag, status: 201 } })
    .input(createRoleInput)
    .output(customRole)
    .mutation(({ ctx, input }) => createRole(ctx, input)),

  update: organisationProcedure("MANAGE_ROLES")
    .meta({ rest: { method: "PATCH", path: `${path}/{id}`, summary: "Change a role, for all who hold it", tag } })
    .input(updateRoleInput)
    .output(customRole)
    .mutation(({ ctx, input }) => updateRole(ctx, input.id, input)),

  delete: organisationProcedure("MANAGE_ROLES")
    .meta({ rest: { method: "DELETE", path: `${path}/{id}`, summary: "Delete a role nobody holds", tag, status: 204 } })
    .input(ofRole)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteRole(ctx, input.id)),
});
