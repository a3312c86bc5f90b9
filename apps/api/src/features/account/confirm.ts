import { account, session } from "@halyard/db/schema";
import { and, eq, isNotNull } from "drizzle-orm";
import type { Context } from "../../context.ts";
import { AppError, invalid } from "../../errors.ts";
import type { AsPerson } from "./person-procedure.ts";

/** Somebody without a password must have signed in within this time. */
const FRESH_MS = 15 * 60_000;

export type Confirming = Pick<Context, "db" | "auth" | "limits"> & AsPerson;

/**
 * Asks again who is there, before something that a found open browser must not be able to do.
 *
 * @throws AppError `invalid` for a wrong or missing password, `forbidden` for somebody without one whose sign-in is long ago
 */
export async function confirmPerson(ctx: Confirming, password: string | undefined): Promise<void> {
  const hash = await passwordHashOf(ctx);
  if (hash === undefined) {
    const [own] = await ctx.db.select().from(session).where(eq(session.id, ctx.person.sessionId));
    if (own && Date.now() - own.createdAt.getTime() < FRESH_MS) return;
    throw new AppError("forbidden", "Sign out and in again first: this needs a sign-in of the last fifteen minutes.");
  }
  if (password === undefined) throw invalid("password", "Write your password; this needs it again.");
  await ctx.limits.take("password:person", ctx.person.userId);
  const isRight = await (await ctx.auth.$context).password.verify({ hash, password });
  if (!isRight) throw invalid("password", "This is not your password.");
}

/** `undefined` for somebody who signs in from outside only. */
export async function passwordHashOf({ db, person }: Pick<Confirming, "db" | "person">): Promise<string | undefined> {
  const [own] = await db
    .select({ hash: account.password })
    .from(account)
    .where(and(eq(account.userId, person.userId), eq(account.providerId, "credential"), isNotNull(account.password)));
  return own?.hash ?? undefined;
}
