import type { profile } from "@halyard/contracts/schemas";
import { account, member, organisation, user } from "@halyard/db/schema";
import { and, asc, eq, ne } from "drizzle-orm";
import type { z } from "zod";
import { AppError, notFound } from "../../errors.ts";
import { type Confirming, confirmPerson, passwordHashOf } from "./confirm.ts";

type Profile = z.output<typeof profile>;
const CREDENTIAL = "credential";

export async function getProfile(ctx: Confirming): Promise<Profile> {
  const { db, person } = ctx;
  const [own] = await db.select().from(user).where(eq(user.id, person.userId));
  if (!own) throw new AppError("unauthenticated", "This account was deleted.");
  const linked = await db
    .select()
    .from(account)
    .where(and(eq(account.userId, own.id), ne(account.providerId, CREDENTIAL)))
    .orderBy(asc(account.createdAt));
  const asking = db
    .select({ slug: organisation.slug, name: organisation.name })
    .from(member)
    .innerJoin(organisation, eq(organisation.id, member.organisationId))
    .where(and(eq(member.userId, own.id), eq(organisation.requireTwoFactor, true)))
    .orderBy(asc(organisation.name));
  return {
    userId: own.id,
    name: own.name,
    email: own.email,
    emailVerified: own.emailVerified,
    hasPassword: (await passwordHashOf(ctx)) !== undefined,
    twoFactor: { isOn: own.twoFactorEnabled, recoveryCodesLeft: own.twoFactorEnabled ? await recoveryCodesLeft(ctx) : 0 },
    linkedAccounts: linked.map((it) => ({ id: it.id, provider: it.providerId, linkedAt: it.createdAt.toISOString() })),
    waitingForTwoFactor: own.twoFactorEnabled ? [] : await asking,
    createdAt: own.createdAt.toISOString(),
  };
}

async function recoveryCodesLeft({ auth, person }: Confirming): Promise<number> {
  const { backupCodes } = await auth.api.viewBackupCodes({ body: { userId: person.userId } });
  return backupCodes.length;
}

export async function updateProfile(ctx: Confirming, name: string): Promise<Profile> {
  await ctx.db.update(user).set({ name, updatedAt: new Date() }).where(eq(user.id, ctx.person.userId));
  return getProfile(ctx);
}

/** @throws AppError `conflict` where it is the last way to sign in */
export async function unlinkAccount(
  ctx: Confirming,
  { id, password }: { readonly id: string; readonly password?: string | undefined },
) {
  await confirmPerson(ctx, password);
  await ctx.db.transaction(async (tx) => {
    // Locked, so that two of the last two cannot go at once.
    await tx.select({ id: user.id }).from(user).where(eq(user.id, ctx.person.userId)).for("update");
    const own = await tx
      .select({ id: account.id, providerId: account.providerId })
      .from(account)
      .where(eq(account.userId, ctx.person.userId));
    const going = own.find((it) => it.id === id && it.providerId !== CREDENTIAL);
    if (!going) throw notFound("linked account", id);
    if (own.length === 1)
      throw new AppError("conflict", "This is your only way to sign in; set a password first, by “Forgot your password?”.");
    await tx.delete(account).where(eq(account.id, id));
  });
}
