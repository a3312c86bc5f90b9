import {
  createEnvironmentInput,
  deleteEnvironmentInput,
  environment,
  inEnvironment,
  inProject,
  updateEnvironmentInput,
} from "@halyard/contracts/schemas";
import { z } from "zod";
import { environmentProcedure, projectProcedure, router } from "../../trpc.ts";
import { createEnvironment } from "./create-environment.ts";
import { listVisibleEnvironments, toEnvironment } from "./environments.queries.ts";
import { deleteEnvironment, updateEnvironment } from "./environments.service.ts";

const path = "/organisations/{organisation}/projects/{project}/environments";
const tag = "Environments";

export const environmentsRouter = router({
  list: projectProcedure("VIEW_PROJECT")
    .meta({ rest: { method: "GET", path, summary: "List a project's environments, in their order", tag } })
    .input(inProject)
    .output(z.array(environment))
    .query(async ({ ctx }) => (await listVisibleEnvironments(ctx.db, ctx)).map(toEnvironment)),

  get: environmentProcedure("VIEW_ENVIRONMENT")
    .meta({ rest: { method: "GET", path: `${path}/{environment}`, summary: "Get an environment", tag } })
    .input(inEnvironment)
    .output(environment)
    .query(({ ctx }) => toEnvironment(ctx.environment)),

  create: projectProcedure("CREATE_ENVIRONMENT")
    .meta({ rest: { method: "POST", path, summary: "Make an environment, with a client-side key", tag, status: 201 } })
    .input(createEnvironmentInput)
    .output(environment)
    .mutation(({ ctx, input }) => createEnvironment(ctx, input)),

  update: environmentProcedure("UPDATE_ENVIRONMENT")
    .meta({ rest: { method: "PATCH", path: `${path}/{environment}`, summary: "Change an environment's settings or place", tag } })
    .input(updateEnvironmentInput)
    .output(environment)
    .mutation(({ ctx, input }) => updateEnvironment(ctx, input)),

  delete: environmentProcedure("DELETE_ENVIRONMENT")
    .meta({ rest: { method: "DELETE", path: `${path}/{environment}`, summary: "Delete an environment", tag, status: 204 } })
    .input(deleteEnvironmentInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteEnvironment(ctx, input.confirm)),
});
