import type { usageOfFlag, usageOfFlagInput, usageOfFlags } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { flag } from "@halyard/db/schema";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../errors.ts";
import { groupBy } from "../../group-by.ts";
import { readUsageOfFlag, readUsageOfFlags, type Span } from "./usage.queries.ts";

const HOUR_MS = 3_600_000;
const PERIODS = { "24h": { steps: 24, stepMs: HOUR_MS }, "7d": { steps: 28, stepMs: 6 * HOUR_MS } } as const;

type Period = z.output<typeof usageOfFlagInput>["period"];

interface Place {
  readonly db: Db;
  readonly project: { readonly id: number };
  readonly environment: { readonly id: number };
}

/** @throws AppError `not_found` */
export async function getUsageOfFlag(
  { db, project, environment }: Place,
  wish: { readonly flag: string; readonly period: Period; readonly nowMs: number },
): Promise<z.output<typeof usageOfFlag>> {
  const own = and(eq(flag.projectId, project.id), eq(flag.key, wish.flag));
  const [known] = await db.select({ id: flag.id }).from(flag).where(own);
  if (!known) throw notFound("flag", wish.flag);
  const span = spanOf(wish.period, wish.nowMs);
  const rows = await readUsageOfFlag(db, { environmentId: environment.id, flagKey: wish.flag }, span);
  const countOf = (step: number, enabled: boolean) =>
    rows.find((row) => row.step === step && row.enabled === enabled)?.count ?? 0;
  return {
    stepMinutes: span.stepMs / 60_000,
    buckets: Array.from({ length: PERIODS[wish.period].steps }, (_, step) => ({
      at: new Date(span.fromMs + step * span.stepMs).toISOString(),
      on: countOf(step, true),
      off: countOf(step, false),
    })),
  };
}

export async function getUsageOfFlags(
  { db, project, environment }: Place,
  nowMs: number,
): Promise<z.output<typeof usageOfFlags>> {
  const span = spanOf("24h", nowMs);
  const rows = await readUsageOfFlags(db, { projectId: project.id, environmentId: environment.id }, span);
  return {
    from: new Date(span.fromMs).toISOString(),
    stepMinutes: span.stepMs / 60_000,
    flags: [...groupBy(rows, (row) => row.flag)].map(([key, steps]) => ({
      flag: key,
      counts: Array.from({ length: PERIODS["24h"].steps }, (_, step) => steps.find((row) => row.step === step)?.count ?? 0),
    })),
  };
}

/** Whole steps; the last one has begun and is not over. */
function spanOf(period: Period, nowMs: number): Span {
  const { steps, stepMs } = PERIODS[period];
  return { fromMs: Math.floor(nowMs / stepMs) * stepMs - (steps - 1) * stepMs, stepMs };
}
