import type { Db } from "@halyard/db";
import { environment, environmentKey } from "@halyard/db/schema";
import { and, asc, eq, isNull } from "drizzle-orm";

/** A key to try things with: the oldest client-side one in force, of the first environment of the oldest project. */
export async function findFirstClientKey(db: Db): Promise<string | undefined> {
  const [row] = await db
    .select({ keyId: environmentKey.keyId })
    .from(environmentKey)
    .innerJoin(environment, eq(environment.id, environmentKey.environmentId))
    .where(and(eq(environmentKey.kind, "client"), isNull(environmentKey.revokedAt), isNull(environmentKey.expiresAt)))
    .orderBy(asc(environment.projectId), asc(environment.position), asc(environmentKey.id))
    .limit(1);
  return row?.keyId;
}
