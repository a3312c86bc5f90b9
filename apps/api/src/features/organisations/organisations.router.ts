import { createOrganisationInput, inOrganisation, organisation, updateOrganisationInput } from "@halyard/contracts/schemas";
import { z } from "zod";
import { organisationProcedure, router, signedInProcedure } from "../../trpc.ts";
import { createOrganisation, listOrganisations, toOrganisation, updateOrganisation } from "./organisations.service.ts";

const path = "/organisations";
const tag = "Organisations";

export const organisationsRouter = router({
  list: signedInProcedure("It lists only those that the caller has a part in.")
    .meta({ rest: { method: "GET", path, summary: "List the organisations you have a part in", tag } })
    .input(z.strictObject({}).optional())
    .output(z.array(organisation))
    .query(({ ctx }) => listOrganisations(ctx.db, ctx.actor)),

  get: organisationProcedure("VIEW_ORGANISATION")
    .meta({ rest: { method: "GET", path: `${path}/{organisation}`, summary: "Get an organisation", tag } })
    .input(inOrganisation)
    .output(organisation)
    .query(({ ctx }) => toOrganisation(ctx.organisation)),

  create: signedInProcedure("It stands in no organisation yet; the verb asks whether the caller may make one.")
    .meta({ rest: { method: "POST", path, summary: "Make an organisation", tag, status: 201 } })
    .input(createOrganisationInput)
    .output(organisation)
    .mutation(({ ctx, input }) => createOrganisation(ctx, input)),

  update: organisationProcedure("MANAGE_ORGANISATION")
    .meta({
      rest: { method: "PATCH", path: `${path}/{organisation}`, summary: "Change an organisation's name, slug or rules", tag },
    })
    .input(updateOrganisationInput)
    .output(organisation)
    .mutation(({ ctx, input }) => updateOrganisation(ctx, input)),
});
