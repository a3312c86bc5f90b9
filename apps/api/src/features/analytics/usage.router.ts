import { usageOfFlag, usageOfFlagInput, usageOfFlags, usageOfFlagsInput } from "@halyard/contracts/schemas";
import { environmentProcedure, router } from "../../trpc.ts";
import { getUsageOfFlag, getUsageOfFlags } from "./usage.service.ts";

const path = "/organisations/{organisation}/projects/{project}/environments/{environment}";
const tag = "Usage";

export const usageRouter = router({
  flags: environmentProcedure("VIEW_ENVIRONMENT")
    .meta({
      rest: { method: "GET", path: `${path}/usage`, summary: "How often SDKs read each flag in the last 24 hours", tag },
    })
    .input(usageOfFlagsInput)
    .output(usageOfFlags)
    .query(({ ctx }) => getUsageOfFlags(ctx, Date.now())),

  flag: environmentProcedure("VIEW_ENVIRONMENT")
    .meta({
      rest: { method: "GET", path: `${path}/flags/{flag}/usage`, summary: "How often SDKs read a flag, by state", tag },
    })
    .input(usageOfFlagInput)
    .output(usageOfFlag)
    .query(({ ctx, input: { flag, period } }) => getUsageOfFlag(ctx, { flag, period, nowMs: Date.now() })),
});
