import type { Db } from "@halyard/db";
import { segment, segmentOverride } from "@halyard/db/schema";
import type { JsonValue } from "@halyard/evaluator/model";
import { and, eq } from "drizzle-orm";
import type { InEnvironment } from "../../call.ts";
import { invalid, notFound } from "../../errors.ts";
import type { FlagDetail } from "./flag-detail.queries.ts";
import { type FlagRow, listSegmentOverrides } from "./flags.queries.ts";
import { toOverrideState } from "./override-state.ts";
import { getFlagDetail, reviseState } from "./set-flag-state.ts";
import type { NamedWeights } from "./values.ts";

interface Write {
  readonly flag: string;
  readonly expectedVersion?: number | undefined;
  readonly comment?: string | undefined;
}

interface OverrideWish extends Write {
  readonly segment: string;
  readonly enabled: boolean;
  readonly value?: JsonValue | undefined;
  readonly weights?: NamedWeights | undefined;
  readonly bucketBy?: string | null | undefined;
  readonly priority?: number | undefined;
}

/** What members of a segment get instead. Value and weights that are left out stay, or begin as the environment's. */
export async function setSegmentOverride(call: InEnvironment, wish: OverrideWish): Promise<FlagDetail> {
  const about = [`segment:${wish.segment}`];
  await reviseState(call, { ...wish, about, kind: "override.set" }, async (tx, flag) => {
    const segmentId = await getSegmentId(tx, call.project.id, wish.segment);
    const environmentId = call.environment.id;
    const rows = await listSegmentOverrides(tx, flag.id, environmentId);
    const existing = rows.find((it) => it.segmentId === segmentId);
    const state = await toOverrideState(tx, { flag, environmentId, existing, wish });
    const [written] = existing
      ? await tx.update(segmentOverride).set(state).where(eq(segmentOverride.id, existing.id)).returning()
      : await tx
          .insert(segmentOverride)
          .values({ environmentId, flagId: flag.id, segmentId, priority: rows.length, ...state })
          .returning();
    if (!written) throw notFound("segment override", wish.segment);
    const others = rows.filter((it) => it.segmentId !== segmentId);
    const place = wish.priority ?? (existing ? rows.indexOf(existing) : rows.length);
    await setPriorities(tx, others.toSpliced(place, 0, written));
  });
  return getFlagDetail(call, wish.flag);
}

export async function deleteSegmentOverride(
  call: InEnvironment,
  wish: Write & { readonly segment: string },
): Promise<FlagDetail> {
  const about = [`segment:${wish.segment}`];
  await reviseState(call, { ...wish, about, kind: "override.deleted" }, async (tx, flag) => {
    const segmentId = await getSegmentId(tx, call.project.id, wish.segment);
    const [gone] = await tx.delete(segmentOverride).where(isOf(call, { flag, segmentId })).returning();
    if (!gone) throw notFound("override of the flag for segment", wish.segment);
    await setPriorities(tx, await listSegmentOverrides(tx, flag.id, call.environment.id));
  });
  return getFlagDetail(call, wish.flag);
}

/** `segments` names all of the flag's overrides, strongest first. */
export async function reorderSegmentOverrides(
  call: InEnvironment,
  wish: Write & { readonly segments: readonly string[] },
): Promise<FlagDetail> {
  await reviseState(call, { ...wish, kind: "override.reordered" }, async (tx, flag) => {
    const rows = await listSegmentOverrides(tx, flag.id, call.environment.id);
    const known = await tx
      .select({ id: segment.id, key: segment.key })
      .from(segment)
      .where(eq(segment.projectId, call.project.id));
    const keyOf = new Map(known.map((it) => [it.id, it.key]));
    const ordered = wish.segments.flatMap((key) => rows.find((it) => keyOf.get(it.segmentId) === key) ?? []);
    const isComplete = ordered.length === rows.length && wish.segments.length === rows.length;
    if (!isComplete || new Set(ordered).size !== rows.length) {
      const all = rows.map((it) => `\`${keyOf.get(it.segmentId)}\``).join(", ") || "none";
      throw invalid("segments", `Name each of the flag's overrides once, strongest first; they are: ${all}.`);
    }
    await setPriorities(tx, ordered);
  });
  return getFlagDetail(call, wish.flag);
}

/** Gapless from 0, the strongest, in the order given. */
export async function setPriorities(
  tx: Db,
  ordered: readonly { readonly id: number; readonly priority: number }[],
): Promise<void> {
  for (const [priority, it] of ordered.entries()) {
    if (it.priority !== priority) await tx.update(segmentOverride).set({ priority }).where(eq(segmentOverride.id, it.id));
  }
}

const isOf = (call: InEnvironment, { flag, segmentId }: { readonly flag: FlagRow; readonly segmentId: number }) =>
  and(
    eq(segmentOverride.environmentId, call.environment.id),
    eq(segmentOverride.flagId, flag.id),
    eq(segmentOverride.segmentId, segmentId),
  );

async function getSegmentId(tx: Db, projectId: number, key: string): Promise<number> {
  const [row] = await tx
    .select({ id: segment.id })
    .from(segment)
    .where(and(eq(segment.projectId, projectId), eq(segment.key, key)));
  if (!row) throw notFound("segment", key);
  return row.id;
}
