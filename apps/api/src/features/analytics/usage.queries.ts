import type { Db } from "@halyard/db";
import { evaluationCount, flag } from "@halyard/db/schema";
import { and, eq, gte, sql, sum } from "drizzle-orm";

/** When to look, and how finely. */
export interface Span {
  readonly fromMs: number;
  readonly stepMs: number;
}

interface Place {
  readonly projectId: number;
  readonly environmentId: number;
}

/** Number of the step that a stored quarter of an hour belongs to. */
const stepOf = ({ fromMs, stepMs }: Span) =>
  sql<number>`floor((extract(epoch from ${evaluationCount.bucket}) * 1000 - ${fromMs}::float8) / ${stepMs}::float8)::int`;

const inSpan = (environmentId: number, { fromMs }: Span) =>
  and(eq(evaluationCount.environmentId, environmentId), gte(evaluationCount.bucket, new Date(fromMs)));

/** Reads of one flag by step and state. */
export async function readUsageOfFlag(
  db: Db,
  { environmentId, flagKey }: { environmentId: number; flagKey: string },
  span: Span,
) {
  const step = stepOf(span).as("step");
  const rows = await db
    .select({ step, enabled: evaluationCount.enabled, count: sum(evaluationCount.count).mapWith(Number) })
    .from(evaluationCount)
    .where(and(inSpan(environmentId, span), eq(evaluationCount.flagKey, flagKey)))
    .groupBy(step, evaluationCount.enabled);
  return rows;
}

/** Reads of all flags of the project by step. SDKs report whatever they asked for; names of no flag are left out. */
export async function readUsageOfFlags(db: Db, { projectId, environmentId }: Place, span: Span) {
  const step = stepOf(span).as("step");
  const rows = await db
    .select({ flag: evaluationCount.flagKey, step, count: sum(evaluationCount.count).mapWith(Number) })
    .from(evaluationCount)
    .innerJoin(flag, and(eq(flag.projectId, projectId), eq(flag.key, evaluationCount.flagKey)))
    .where(inSpan(environmentId, span))
    .groupBy(evaluationCount.flagKey, step)
    .orderBy(evaluationCount.flagKey, step);
  return rows;
}
