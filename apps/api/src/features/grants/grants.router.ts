import { createGrantInput, grant, inOrganisation, ofGrant } from "@halyard/contracts/schemas";
import { z } from "zod";
import { organisationProcedure, router, somewhereProcedure } from "../../trpc.ts";
import { createGrant, deleteGrant, listGrants } from "./grants.service.ts";

const path = "/organisations/{organisation}/grants";
const tag = "Grants";

export const grantsRouter = router({
  list: organisationProcedure("VIEW_ORGANISATION")
    .meta({ rest: { method: "GET", path, summary: "List who holds which role where, as far as you may see it", tag } })
    .input(inOrganisation)
    .output(z.array(grant))
    .query(({ ctx }) => listGrants(ctx)),

  create: somewhereProcedure("MANAGE_ACCESS")
    .meta({ rest: { method: "POST", path, summary: "Grant a role to a member, a group or an API key", tag, status: 201 } })
    .input(createGrantInput)
    .output(grant)
    .mutation(({ ctx, input }) => createGrant(ctx, input)),

  delete: somewhereProcedure("MANAGE_ACCESS")
    .meta({ rest: { method: "DELETE", path: `${path}/{id}`, summary: "Withdraw a grant", tag, status: 204 } })
    .input(ofGrant)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteGrant(ctx, input.id)),
});
