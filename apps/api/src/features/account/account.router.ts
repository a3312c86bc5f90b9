import { me } from "@halyard/contracts/schemas";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { router, signedInProcedure } from "../../trpc.ts";
import { listOrganisations } from "../organisations/index.ts";

export const accountRouter = router({
  me: signedInProcedure("Everybody may know who they are.")
    .meta({ rest: { method: "GET", path: "/me", summary: "Who asks, and in which organisations", tag: "Account" } })
    .input(z.strictObject({}).optional())
    .output(me)
    .query(async ({ ctx }) => {
      const { actor } = ctx;
      if (actor.kind === "system") throw new AppError("unauthenticated", "The system itself has no account.");
      const organisations = await listOrganisations(ctx.db, actor);
      return actor.kind === "person"
        ? { kind: actor.kind, id: actor.userId, name: actor.name, email: actor.email, organisations }
        : { kind: actor.kind, id: String(actor.apiKeyId), name: actor.name, email: null, organisations };
    }),
});
