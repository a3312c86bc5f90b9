import {
  createProjectInput,
  deleteProjectInput,
  inOrganisation,
  inProject,
  project,
  updateProjectInput,
} from "@halyard/contracts/schemas";
import { z } from "zod";
import { organisationProcedure, projectProcedure, router } from "../../trpc.ts";
import { createProject, deleteProject, listProjects, toProject, updateProject } from "./projects.service.ts";

const path = "/organisations/{organisation}/projects";
const tag = "Projects";

export const projectsRouter = router({
  list: organisationProcedure("VIEW_ORGANISATION")
    .meta({ rest: { method: "GET", path, summary: "List an organisation's projects", tag } })
    .input(inOrganisation)
    .output(z.array(project))
    .query(({ ctx }) => listProjects(ctx.db, ctx.organisation)),

  get: projectProcedure("VIEW_PROJECT")
    .meta({ rest: { method: "GET", path: `${path}/{project}`, summary: "Get a project", tag } })
    .input(inProject)
    .output(project)
    .query(({ ctx }) => toProject(ctx.project)),

  create: organisationProcedure("CREATE_PROJECT")
    .meta({ rest: { method: "POST", path, summary: "Make a project with its environments", tag, status: 201 } })
    .input(createProjectInput)
    .output(project)
    .mutation(({ ctx, input }) => createProject(ctx, input)),

  update: projectProcedure("UPDATE_PROJECT")
    .meta({ rest: { method: "PATCH", path: `${path}/{project}`, summary: "Rename a project or change its settings", tag } })
    .input(updateProjectInput)
    .output(project)
    .mutation(({ ctx, input }) => updateProject(ctx, input)),

  delete: projectProcedure("DELETE_PROJECT")
    .meta({
      rest: { method: "DELETE", path: `${path}/{project}`, summary: "Delete a project with all it holds", tag, status: 204 },
    })
    .input(deleteProjectInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteProject(ctx, input.confirm)),
});
