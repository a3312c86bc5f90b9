import {
  deleteSegmentOverrideInput,
  flagDetail,
  reorderSegmentOverridesInput,
  setSegmentOverrideInput,
} from "@halyard/contracts/schemas";
import { environmentProcedure, router } from "../../trpc.ts";
import { deleteSegmentOverride, reorderSegmentOverrides, setSegmentOverride } from "./overrides.service.ts";

const path = "/organisations/{organisation}/projects/{project}/environments/{environment}/flags/{flag}/segment-overrides";
const tag = "Overrides";

export const overridesRouter = router({
  set: environmentProcedure("MANAGE_SEGMENT_OVERRIDES")
    .meta({ rest: { method: "PUT", path: `${path}/{segment}`, summary: "Set what a segment gets", tag } })
    .input(setSegmentOverrideInput)
    .output(flagDetail)
    .mutation(({ ctx, input }) => setSegmentOverride(ctx, input)),

  delete: environmentProcedure("MANAGE_SEGMENT_OVERRIDES")
    .meta({ rest: { method: "DELETE", path: `${path}/{segment}`, summary: "Delete a segment's override", tag } })
    .input(deleteSegmentOverrideInput)
    .output(flagDetail)
    .mutation(({ ctx, input }) => deleteSegmentOverride(ctx, input)),

  reorder: environmentProcedure("MANAGE_SEGMENT_OVERRIDES")
    .meta({ rest: { method: "PUT", path, summary: "Put a flag's segment overrides in order", tag } })
    .input(reorderSegmentOverridesInput)
    .output(flagDetail)
    .mutation(({ ctx, input }) => reorderSegmentOverrides(ctx, input)),
});
