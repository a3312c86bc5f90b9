import type { session as sessionSchema } from "@halyard/contracts/schemas";
import { session } from "@halyard/db/schema";
import { and, desc, eq, gt, ne } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../errors.ts";
import type { Confirming } from "./confirm.ts";

type Session = z.output<typeof sessionSchema>;
type Own = Pick<Confirming, "db" | "person">;

export async function listSessions({ db, person }: Own): Promise<Session[]> {
  const rows = await db
    .select()
    .from(session)
    .where(and(eq(session.userId, person.userId), gt(session.expiresAt, new Date())))
    .orderBy(desc(session.updatedAt));
  return rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === person.sessionId,
    userAgent: row.userAgent,
    address: row.ipAddress === "" ? null : row.ipAddress,
    signedInAt: row.createdAt.toISOString(),
    lastUsedAt: row.updatedAt.toISOString(),
    endsAt: row.expiresAt.toISOString(),
  }));
}

export async function revokeSession({ db, person }: Own, id: string): Promise<void> {
  const [gone] = await db
    .delete(session)
    .where(and(eq(session.id, id), eq(session.userId, person.userId)))
    .returning();
  if (!gone) throw notFound("session", id);
}

/** All but the one that asks. */
export async function revokeOtherSessions({ db, person }: Own): Promise<void> {
  await db.delete(session).where(and(eq(session.userId, person.userId), ne(session.id, person.sessionId)));
}
