import {
  createIdentityInput,
  deleteIdentityInput,
  deleteIdentityOverrideInput,
  evaluateInput,
  evaluateOutput,
  explainInput,
  explainOutput,
  getIdentityInput,
  identityDetail,
  identityPage,
  listIdentitiesInput,
  replayInput,
  replayOutput,
  setIdentityOverrideInput,
  setTraitInput,
} from "@halyard/contracts/schemas";
import { z } from "zod";
import { environmentProcedure, router } from "../../trpc.ts";
import { evaluateContext } from "./evaluate.ts";
import { explainFlag } from "./explain.ts";
import { listIdentities } from "./identities.queries.ts";
import { createIdentity, deleteIdentity, getIdentityDetail, setTrait } from "./identities.service.ts";
import { deleteIdentityOverride, setIdentityOverride } from "./identity-overrides.service.ts";
import { replayDecision } from "./replay.ts";

const environment = "/organisations/{organisation}/projects/{project}/environments/{environment}";
const path = `${environment}/identities` as const;
const tag = "Identities";

export const identitiesRouter = router({
  list: environmentProcedure("VIEW_IDENTITIES")
    .meta({ rest: { method: "GET", path, summary: "List identities", tag } })
    .input(listIdentitiesInput)
    .output(identityPage)
    .query(({ ctx, input }) => listIdentities(ctx.db, ctx.environment.id, input)),

  get: environmentProcedure("VIEW_IDENTITIES")
    .meta({ rest: { method: "GET", path: `${path}/{identifier}`, summary: "Get an identity, what it gets and why", tag } })
    .input(getIdentityInput)
    .output(identityDetail)
    .query(({ ctx, input }) => getIdentityDetail(ctx, input.identifier)),

  create: environmentProcedure("MANAGE_IDENTITIES")
    .meta({ rest: { method: "POST", path, summary: "Make an identity", tag, status: 201 } })
    .input(createIdentityInput)
    .output(identityDetail)
    .mutation(({ ctx, input }) => createIdentity(ctx, input)),

  setTrait: environmentProcedure("MANAGE_IDENTITIES")
    .meta({ rest: { method: "PUT", path: `${path}/{identifier}/traits/{key}`, summary: "Set a trait; null removes it", tag } })
    .input(setTraitInput)
    .output(identityDetail)
    .mutation(({ ctx, input }) => setTrait(ctx, input)),

  deleteTrait: environmentProcedure("MANAGE_IDENTITIES")
    .meta({ rest: { method: "DELETE", path: `${path}/{identifier}/traits/{key}`, summary: "Remove a trait", tag } })
    .input(setTraitInput.omit({ value: true }))
    .output(identityDetail)
    .mutation(({ ctx, input }) => setTrait(ctx, { ...input, value: null })),

  delete: environmentProcedure("MANAGE_IDENTITIES")
    .meta({ rest: { method: "DELETE", path: `${path}/{identifier}`, summary: "Forget an identity", tag, status: 204 } })
    .input(deleteIdentityInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteIdentity(ctx, input.identifier)),
});

export const identityOverridesRouter = router({
  set: environmentProcedure("MANAGE_IDENTITIES")
    .meta({ rest: { method: "PUT", path: `${path}/{identifier}/overrides/{flag}`, summary: "Set what an identity gets", tag } })
    .input(setIdentityOverrideInput)
    .output(identityDetail)
    .mutation(({ ctx, input }) => setIdentityOverride(ctx, input)),

  delete: environmentProcedure("MANAGE_IDENTITIES")
    .meta({
      rest: { method: "DELETE", path: `${path}/{identifier}/overrides/{flag}`, summary: "Delete an identity's override", tag },
    })
    .input(deleteIdentityOverrideInput)
    .output(identityDetail)
    .mutation(({ ctx, input }) => deleteIdentityOverride(ctx, input)),
});

export const evaluationsRouter = router({
  /** A mutation, because traits do not belong in addresses and logs; it stores nothing. */
  run: environmentProcedure("VIEW_IDENTITIES")
    .meta({
      rest: {
        method: "POST",
        path: `${environment}/evaluations`,
        summary: "Try a context without storing it",
        tag: "Evaluation",
      },
    })
    .input(evaluateInput)
    .output(evaluateOutput)
    .mutation(({ ctx, input: { targetingKey, attributes } }) =>
      evaluateContext(ctx, ctx.environment.id, { targetingKey, attributes, now: Date.now() }),
    ),

  explain: environmentProcedure("VIEW_IDENTITIES")
    .meta({
      rest: {
        method: "POST",
        path: `${environment}/explanations`,
        summary: "Explain how a flag is decided for a context, without storing it",
        tag: "Evaluation",
      },
    })
    .input(explainInput)
    .output(explainOutput)
    .mutation(({ ctx, input: { flag, targetingKey, attributes } }) =>
      explainFlag(ctx, ctx.environment.id, { flag, context: { targetingKey, attributes, now: Date.now() } }),
    ),

  replay: environmentProcedure("VIEW_IDENTITIES")
    .meta({
      rest: {
        method: "POST",
        path: `${environment}/explanations/replay`,
        summary: "Make a decision once more, in the environment as it was",
        tag: "Evaluation",
      },
    })
    .input(replayInput)
    .output(replayOutput)
    .mutation(({ ctx, input: { token, targetingKey, attributes } }) =>
      replayDecision(ctx.db, ctx.environment.id, { token, context: { targetingKey, attributes } }),
    ),
});
