import { randomUUID } from "node:crypto";
import type { Db } from "@halyard/db";
import { account, user } from "@halyard/db/schema";
import { eq } from "drizzle-orm";

export interface NewPerson {
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  /** As `auth.$context.password.hash` makes it. */
  readonly passwordHash: string;
  /** Whether it is known that the address is theirs. @default false */
  readonly emailVerified?: boolean;
}

/**
 * Makes an account with a password. Written here and not by better-auth's own call, because it must stand or fall with the
 * membership that goes with it, in one transaction.
 *
 * @returns `undefined` where the address has an account already
 */
export async function insertPerson(
  tx: Db,
  { name, email, passwordHash, emailVerified = false }: NewPerson,
): Promise<{ id: string } | undefined> {
  const id = randomUUID();
  const [made] = await tx
    .insert(user)
    .values({ id, name, email, emailVerified })
    .onConflictDoNothing({ target: user.email })
    .returning({ id: user.id });
  if (!made) return undefined;
  await tx
    .insert(account)
    .values({ id: randomUUID(), accountId: id, providerId: "credential", userId: id, password: passwordHash });
  return made;
}

export async function findPersonByEmail(tx: Db, email: string) {
  const [row] = await tx.select().from(user).where(eq(user.email, email));
  return row;
}
