import {
  changeEmailInput,
  confirmEmailInput,
  deleteAccountInput,
  me,
  profile,
  revokeSessionInput,
  session,
  signInMethods,
  unlinkAccountInput,
  updateProfileInput,
} from "@halyard/contracts/schemas";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { publicProcedure, router, signedInProcedure } from "../../trpc.ts";
import { listOrganisations } from "../organisations/index.ts";
import { confirmNewEmail, requestNewEmail } from "./change-email.ts";
import { deleteAccount } from "./delete-account.ts";
import { personProcedure } from "./person-procedure.ts";
import { getProfile, unlinkAccount, updateProfile } from "./profile.ts";
import { listSessions, revokeOtherSessions, revokeSession } from "./sessions.ts";

const tag = "Account";
const nothing = z.strictObject({}).optional();

export const accountRouter = router({
  me: signedInProcedure("Everybody may know who they are.")
    .meta({ rest: { method: "GET", path: "/me", summary: "Who asks, and in which organisations", tag } })
    .input(nothing)
    .output(me)
    .query(async ({ ctx }) => {
      const { actor } = ctx;
      if (actor.kind === "system") throw new AppError("unauthenticated", "The system itself has no account.");
      const organisations = await listOrganisations(ctx.db, actor);
      return actor.kind === "person"
        ? { kind: actor.kind, id: actor.userId, name: actor.name, email: actor.email, organisations }
        : { kind: actor.kind, id: String(actor.apiKeyId), name: actor.name, email: null, organisations };
    }),

  signInMethods: publicProcedure("The sign-in page has to know what to offer.")
    .meta({ rest: { method: "GET", path: "/sign-in-methods", summary: "How one can sign in, and whether one can sign up", tag } })
    .input(nothing)
    .output(signInMethods)
    .query(({ ctx }) => ctx.signIn.methods()),

  profile: personProcedure
    .meta({ rest: { method: "GET", path: "/me/profile", summary: "The own account", tag } })
    .input(nothing)
    .output(profile)
    .query(({ ctx }) => getProfile(ctx)),

  updateProfile: personProcedure
    .meta({ rest: { method: "PATCH", path: "/me/profile", summary: "Change the own name", tag } })
    .input(updateProfileInput)
    .output(profile)
    .mutation(({ ctx, input }) => updateProfile(ctx, input.name)),

  sessions: personProcedure
    .meta({ rest: { method: "GET", path: "/me/sessions", summary: "Where one is signed in", tag } })
    .input(nothing)
    .output(z.array(session))
    .query(({ ctx }) => listSessions(ctx)),

  revokeSession: personProcedure
    .meta({ rest: { method: "DELETE", path: "/me/sessions/{id}", summary: "Sign out one session", tag, status: 204 } })
    .input(revokeSessionInput)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeSession(ctx, input.id)),

  revokeOtherSessions: personProcedure
    .meta({ rest: { method: "DELETE", path: "/me/sessions", summary: "Sign out everywhere else", tag, status: 204 } })
    .input(nothing)
    .output(z.void())
    .mutation(({ ctx }) => revokeOtherSessions(ctx)),

  changeEmail: personProcedure
    .meta({ rest: { method: "POST", path: "/me/email", summary: "Mail a link to a new address", tag, status: 204 } })
    .input(changeEmailInput)
    .output(z.void())
    .mutation(({ ctx, input }) => requestNewEmail(ctx, input)),

  confirmEmail: publicProcedure("The link may be opened where one is not signed in; its token is the proof.")
    .meta({ rest: { method: "POST", path: "/confirm-email", summary: "Take a new address with the mailed link", tag } })
    .input(confirmEmailInput)
    .output(z.object({ email: z.string() }))
    .mutation(({ ctx, input }) => confirmNewEmail(ctx, input.token)),

  unlinkAccount: personProcedure
    .meta({
      rest: { method: "POST", path: "/me/linked-accounts/{id}/unlink", summary: "No longer sign in with it", tag, status: 204 },
    })
    .input(unlinkAccountInput)
    .output(z.void())
    .mutation(({ ctx, input }) => unlinkAccount(ctx, input)),

  delete: personProcedure
    .meta({ rest: { method: "POST", path: "/me/delete", summary: "Delete the own account", tag, status: 204 } })
    .input(deleteAccountInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteAccount(ctx, input)),
});
