import type { Actor } from "../../actor.ts";
import { AppError } from "../../errors.ts";
import { signedInProcedure } from "../../trpc.ts";

export type SignedInPerson = Extract<Actor, { kind: "person" }> & { readonly sessionId: string };
export interface AsPerson {
  readonly person: SignedInPerson;
}

/** For somebody who signed in, about their own account; programs have none. */
export const personProcedure = signedInProcedure("People may do with their own account as they like.").use(({ ctx, next }) => {
  const { actor } = ctx;
  if (actor.kind !== "person" || actor.sessionId === undefined) {
    throw new AppError("forbidden", "Only a person who signed in has an account; an API key has none.");
  }
  return next({ ctx: { ...ctx, person: { ...actor, sessionId: actor.sessionId } } });
});
