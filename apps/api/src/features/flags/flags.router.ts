import type { Permission } from "@halyard/contracts/permissions";
import {
  archiveFlagInput,
  createFlagInput,
  deleteFlagInput,
  flagDetail,
  flagPage,
  flagSummary,
  listFlagsInput,
  ofFlagState,
  setFlagEnabledInput,
  setFlagStateInput,
  setPrerequisitesInput,
  updateFlagInput,
} from "@halyard/contracts/schemas";
import { z } from "zod";
import { demand, siteOf } from "../../permissions/demand.ts";
import { environmentProcedure, projectProcedure, router } from "../../trpc.ts";
import { archiveFlag, deleteFlag } from "./archive-flag.ts";
import { createFlag } from "./create-flag.ts";
import { listFlags } from "./list-flags.ts";
import { getFlagDetail, setFlagEnabled, setFlagState } from "./set-flag-state.ts";
import { setPrerequisites } from "./set-prerequisites.ts";
import { updateFlag } from "./update-flag.ts";

const project = "/organisations/{organisation}/projects/{project}";
const path = `${project}/flags` as const;
const inEnvironment = `${project}/environments/{environment}/flags` as const;
const tag = "Flags";

/** Tags decide who may change a flag where grants go by tag; who gets to see it at all is a change in every environment. */
function alsoNeeded({ tags, serverOnly }: z.output<typeof updateFlagInput>): Permission[] {
  return [...(tags ? (["MANAGE_TAGS"] as const) : []), ...(serverOnly === undefined ? [] : (["UPDATE_FEATURE_STATE"] as const))];
}

export const flagsRouter = router({
  list: environmentProcedure("VIEW_ENVIRONMENT")
    .meta({ rest: { method: "GET", path: inEnvironment, summary: "List flags, filtered by their state in an environment", tag } })
    .input(listFlagsInput)
    .output(flagPage)
    .query(({ ctx, input }) => listFlags(ctx.db, { projectId: ctx.project.id, environmentId: ctx.environment.id }, input)),

  get: environmentProcedure("VIEW_ENVIRONMENT")
    .meta({ rest: { method: "GET", path: `${inEnvironment}/{flag}`, summary: "Get a flag as it is in an environment", tag } })
    .input(ofFlagState)
    .output(flagDetail)
    .query(({ ctx, input }) => getFlagDetail(ctx, input.flag)),

  create: projectProcedure("CREATE_FEATURE")
    .meta({ rest: { method: "POST", path, summary: "Make a flag in every environment", tag, status: 201 } })
    .input(createFlagInput)
    .output(flagSummary)
    .mutation(({ ctx, input }) => createFlag(ctx, input)),

  update: projectProcedure("EDIT_FEATURE")
    .meta({ rest: { method: "PATCH", path: `${path}/{flag}`, summary: "Change description, visibility, tags or owners", tag } })
    .input(updateFlagInput)
    .output(flagSummary)
    .mutation(async ({ ctx, input }) => {
      await demand(ctx, alsoNeeded(input), { ...siteOf(ctx), flag: input.flag });
      return updateFlag(ctx, input);
    }),

  setEnabled: environmentProcedure("UPDATE_FEATURE_STATE")
    .meta({ rest: { method: "PUT", path: `${inEnvironment}/{flag}/enabled`, summary: "Turn a flag on or off", tag } })
    .input(setFlagEnabledInput)
    .output(flagDetail)
    .mutation(({ ctx, input }) => setFlagEnabled(ctx, input)),

  setState: environmentProcedure("UPDATE_FEATURE_STATE")
    .meta({
      rest: { method: "PATCH", path: `${inEnvironment}/{flag}/state`, summary: "Set state, value and variant weights", tag },
    })
    .input(setFlagStateInput)
    .output(flagDetail)
    .mutation(({ ctx, input }) => setFlagState(ctx, input)),

  setPrerequisites: environmentProcedure("UPDATE_FEATURE_STATE")
    .meta({
      rest: { method: "PUT", path: `${inEnvironment}/{flag}/prerequisites`, summary: "Set which flags this one requires", tag },
    })
    .input(setPrerequisitesInput)
    .output(flagDetail)
    .mutation(({ ctx, input }) => setPrerequisites(ctx, input)),

  archive: projectProcedure("EDIT_FEATURE", "UPDATE_FEATURE_STATE")
    .meta({ rest: { method: "PUT", path: `${path}/{flag}/archived`, summary: "Archive a flag, or restore it", tag } })
    .input(archiveFlagInput)
    .output(flagSummary)
    .mutation(({ ctx, input }) => archiveFlag(ctx, input)),

  delete: projectProcedure("DELETE_FEATURE")
    .meta({ rest: { method: "DELETE", path: `${path}/{flag}`, summary: "Delete an archived flag for good", tag, status: 204 } })
    .input(deleteFlagInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteFlag(ctx, input)),
});
