import { user } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import type { Context } from "../../context.ts";
import { invalid } from "../../errors.ts";
import { leaveOrganisations } from "../members/index.ts";
import { type Confirming, confirmPerson } from "./confirm.ts";

interface Wish {
  readonly confirm: string;
  readonly password?: string | undefined;
}

/**
 * Forgets a person: name, address, password, sessions, memberships. History keeps an id that leads nowhere.
 *
 * @throws AppError `conflict` where an organisation would be left without an owner
 */
export async function deleteAccount(ctx: Confirming & Pick<Context, "request">, { confirm, password }: Wish): Promise<void> {
  const { person } = ctx;
  if (confirm.trim().toLowerCase() !== person.email) throw invalid("confirm", `Write ${person.email} to delete this account.`);
  await confirmPerson(ctx, password);
  await ctx.db.transaction(async (tx) => {
    await leaveOrganisations(tx, person, ctx.request);
    // Sessions, passwords, links and second factor go with it.
    await tx.delete(user).where(eq(user.id, person.userId));
  });
}
