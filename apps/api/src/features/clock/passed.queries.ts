import type { Db } from "@halyard/db";
import { environment, segment } from "@halyard/db/schema";
import { and, asc, eq, sql } from "drizzle-orm";

interface Wanted {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** All of them where it is left out. */
  readonly environmentId?: number;
}

/** Segments with a boundary that lies behind now and ahead of an environment's clock. */
export async function findPassed(tx: Db, { now, environmentId }: Wanted) {
  const clock = sql`coalesce(extract(epoch from ${environment.clockAt}) * 1000, '-infinity'::float8)`;
  return tx
    .select({ environmentId: environment.id, projectId: environment.projectId, segment: segment.key })
    .from(segment)
    .innerJoin(environment, eq(environment.projectId, segment.projectId))
    .where(
      and(
        sql`cardinality(${segment.clockBoundaries}) > 0`,
        sql`exists (select 1 from unnest(${segment.clockBoundaries}) as boundary where boundary <= ${now}::bigint and boundary > ${clock})`,
        environmentId === undefined ? undefined : eq(environment.id, environmentId),
      ),
    )
    .orderBy(asc(environment.id), asc(segment.key));
}
