import { createVariantInput, deleteVariantInput, flagSummary, updateVariantInput } from "@halyard/contracts/schemas";
import { projectProcedure, router } from "../../trpc.ts";
import { createVariant, deleteVariant, updateVariant } from "./variants.service.ts";

const path = "/organisations/{organisation}/projects/{project}/flags/{flag}/variants";
const tag = "Variants";

export const variantsRouter = router({
  create: projectProcedure("EDIT_FEATURE")
    .meta({ rest: { method: "POST", path, summary: "Add a variant to a flag", tag, status: 201 } })
    .input(createVariantInput)
    .output(flagSummary)
    .mutation(({ ctx, input }) => createVariant(ctx, input)),

  update: projectProcedure("EDIT_FEATURE", "UPDATE_FEATURE_STATE")
    .meta({ rest: { method: "PATCH", path: `${path}/{id}`, summary: "Change a variant's key or value", tag } })
    .input(updateVariantInput)
    .output(flagSummary)
    .mutation(({ ctx, input }) => updateVariant(ctx, input)),

  delete: projectProcedure("EDIT_FEATURE", "UPDATE_FEATURE_STATE")
    .meta({ rest: { method: "DELETE", path: `${path}/{id}`, summary: "Delete a variant; its share goes to control", tag } })
    .input(deleteVariantInput)
    .output(flagSummary)
    .mutation(({ ctx, input }) => deleteVariant(ctx, input)),
});
