import {
  apiKey,
  createApiKeyInput,
  createdApiKey,
  inOrganisation,
  revokeApiKeyInput,
  rotateApiKeyInput,
} from "@halyard/contracts/schemas";
import { z } from "zod";
import { organisationProcedure, router } from "../../trpc.ts";
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from "./api-keys.service.ts";

const path = "/organisations/{organisation}/api-keys";
const tag = "API keys";

export const apiKeysRouter = router({
  list: organisationProcedure("MANAGE_API_KEYS")
    .meta({ rest: { method: "GET", path, summary: "List an organisation's API keys", tag } })
    .input(inOrganisation)
    .output(z.array(apiKey))
    .query(({ ctx }) => listApiKeys(ctx.db, ctx.organisation.id)),

  create: organisationProcedure("MANAGE_API_KEYS")
    .meta({ rest: { method: "POST", path, summary: "Make an API key; it is shown this once", tag, status: 201 } })
    .input(createApiKeyInput)
    .output(createdApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),

  rotate: organisationProcedure("MANAGE_API_KEYS")
    .meta({
      rest: {
        method: "POST",
        path: `${path}/{id}/rotations`,
        summary: "Make a key in place of another, which works until a given time",
        tag,
        status: 201,
      },
    })
    .input(rotateApiKeyInput)
    .output(createdApiKey)
    .mutation(({ ctx, input: { id, until } }) => rotateApiKey(ctx, { id, until })),

  revoke: organisationProcedure("MANAGE_API_KEYS")
    .meta({ rest: { method: "DELETE", path: `${path}/{id}`, summary: "Revoke an API key", tag } })
    .input(revokeApiKeyInput)
    .output(apiKey)
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input.id)),
});
