import {
  createdEnvironmentKey,
  createEnvironmentKeyInput,
  environmentKey,
  inEnvironment,
  revokeEnvironmentKeyInput,
  rotateEnvironmentKeyInput,
} from "@halyard/contracts/schemas";
import { z } from "zod";
import { environmentProcedure, router } from "../../trpc.ts";
import { createEnvironmentKey, listEnvironmentKeys, revokeEnvironmentKey, rotateEnvironmentKey } from "./keys.service.ts";

const path = "/organisations/{organisation}/projects/{project}/environments/{environment}/keys";
const tag = "Environment keys";

export const environmentKeysRouter = router({
  list: environmentProcedure("VIEW_ENVIRONMENT")
    .meta({ rest: { method: "GET", path, summary: "List an environment's SDK keys", tag } })
    .input(inEnvironment)
    .output(z.array(environmentKey))
    .query(({ ctx }) => listEnvironmentKeys(ctx.db, ctx.environment.id)),

  create: environmentProcedure("MANAGE_ENVIRONMENT_KEYS")
    .meta({ rest: { method: "POST", path, summary: "Make an SDK key", tag, status: 201 } })
    .input(createEnvironmentKeyInput)
    .output(createdEnvironmentKey)
    .mutation(({ ctx, input }) => createEnvironmentKey(ctx, input)),

  rotate: environmentProcedure("MANAGE_ENVIRONMENT_KEYS")
    .meta({
      rest: {
        method: "POST",
        path: `${path}/{id}/rotations`,
        summary: "Make a key in place of another, which works until a given time",
        tag,
        status: 201,
      },
    })
    .input(rotateEnvironmentKeyInput)
    .output(createdEnvironmentKey)
    .mutation(({ ctx, input: { id, until } }) => rotateEnvironmentKey(ctx, { id, until })),

  revoke: environmentProcedure("MANAGE_ENVIRONMENT_KEYS")
    .meta({ rest: { method: "DELETE", path: `${path}/{id}`, summary: "Revoke an SDK key", tag } })
    .input(revokeEnvironmentKeyInput)
    .output(environmentKey)
    .mutation(({ ctx, input }) => revokeEnvironmentKey(ctx, input.id)),
});
