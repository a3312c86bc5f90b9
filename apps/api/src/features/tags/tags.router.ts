import { createTagInput, deleteTagInput, inProject, tag, updateTagInput } from "@halyard/contracts/schemas";
import { z } from "zod";
import { projectProcedure, router } from "../../trpc.ts";
import { createTag, deleteTag, listTags, updateTag } from "./tags.service.ts";

const path = "/organisations/{organisation}/projects/{project}/tags";
const group = "Tags";

export const tagsRouter = router({
  list: projectProcedure("VIEW_PROJECT")
    .meta({ rest: { method: "GET", path, summary: "List tags", tag: group } })
    .input(inProject)
    .output(z.array(tag))
    .query(({ ctx }) => listTags(ctx.db, ctx.project.id)),

  create: projectProcedure("MANAGE_TAGS")
    .meta({ rest: { method: "POST", path, summary: "Make a tag", tag: group, status: 201 } })
    .input(createTagInput)
    .output(tag)
    .mutation(({ ctx, input }) => createTag(ctx, input)),

  update: projectProcedure("MANAGE_TAGS")
    .meta({ rest: { method: "PATCH", path: `${path}/{id}`, summary: "Change a tag", tag: group } })
    .input(updateTagInput)
    .output(tag)
    .mutation(({ ctx, input }) => updateTag(ctx, input)),

  delete: projectProcedure("MANAGE_TAGS")
    .meta({ rest: { method: "DELETE", path: `${path}/{id}`, summary: "Delete a tag; flags lose it", tag: group, status: 204 } })
    .input(deleteTagInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteTag(ctx, input.id)),
});
