import { completeSetupInput, setupResult, setupStatus } from "@halyard/contracts/schemas";
import { z } from "zod";
import { publicProcedure, router } from "../../trpc.ts";
import { setUp } from "./setup.service.ts";
import { isSetupNeeded } from "./setup-link.ts";

const tag = "Set-up";

export const setupRouter = router({
  status: publicProcedure("The sign-in page has to know where to send somebody.")
    .meta({ rest: { method: "GET", path: "/setup", summary: "Whether the first administrator is still to be made", tag } })
    .input(z.strictObject({}).optional())
    .output(setupStatus)
    .query(async ({ ctx }) => ({ needed: await isSetupNeeded(ctx.db) })),

  complete: publicProcedure("There is nobody yet who could sign in; the link's token is the proof.")
    .meta({ rest: { method: "POST", path: "/setup", summary: "Make the first administrator with the printed link", tag } })
    .input(completeSetupInput)
    .output(setupResult)
    .mutation(({ ctx, input }) => setUp(ctx, input)),
});
