import { session, user } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { forgetResets, keepNewEmail, takeNewEmail } from "../../auth/index.ts";
import type { Context } from "../../context.ts";
import { AppError, invalid } from "../../errors.ts";
import { addressKey } from "../../limits/index.ts";
import { type Confirming, confirmPerson } from "./confirm.ts";

const HOURS = 24;

type Wish = { readonly email: string; readonly password?: string | undefined };

/** Mails a link to the new address; nothing changes until it is opened. The answer is the same whether or not somebody has the address. */
export async function requestNewEmail(
  ctx: Confirming & Pick<Context, "mail" | "baseUrl">,
  { email, password }: Wish,
): Promise<void> {
  await confirmPerson(ctx, password);
  await ctx.limits.take("mail:account", email);
  const { userId, name, email: from } = ctx.person;
  if (email === from) throw invalid("email", "This is your address already.");
  const token = await keepNewEmail(ctx.db, { userId, from, to: email }, new Date(Date.now() + HOURS * 3_600_000));
  const [taken] = await ctx.db.select({ id: user.id }).from(user).where(eq(user.email, email));
  if (taken) return;
  const url = `${ctx.baseUrl}/~/confirm-email?token=${token}`;
  ctx.mail.send({ to: email, template: "verify-email", data: { name, url, hours: HOURS } });
}

/** Takes the link that was mailed to the new address. Everybody else who is signed in as this person is out, and older reset links are void. */
export async function confirmNewEmail(
  ctx: Pick<Context, "db" | "mail" | "limits" | "request">,
  token: string,
): Promise<{ email: string }> {
  await ctx.limits.take("token:address", addressKey(ctx.request.address ?? ""));
  const change = await ctx.db.transaction(async (tx) => {
    const taken = await takeNewEmail(tx, token);
    const [owner] = taken ? await tx.select().from(user).where(eq(user.id, taken.userId)).for("update") : [];
    if (!taken || owner?.email !== taken.from) {
      throw new AppError("invalid", "This link is wrong, was used or is too old; change the address again for a new one.");
    }
    await tx.update(user).set({ email: taken.to, emailVerified: true, updatedAt: new Date() }).where(eq(user.id, owner.id));
    await tx.delete(session).where(eq(session.userId, owner.id));
    await forgetResets(tx, owner.id);
    return { ...taken, name: owner.name };
  });
  ctx.mail.send({ to: change.from, template: "email-changed", data: { name: change.name, newEmail: change.to } });
  return { email: change.to };
}
