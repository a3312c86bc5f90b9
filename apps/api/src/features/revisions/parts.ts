import type { Db } from "@halyard/db";
import { environment } from "@halyard/db/schema";
import { inArray, sql } from "drizzle-orm";
import type { Part } from "./readable.ts";
import type { LockedEnvironment, Touches } from "./request.ts";
import { readFlags, readIdentityOverrides, readSegments, readSettings } from "./snapshot.queries.ts";

export const EMPTY: Part = { settings: undefined, flags: [], segments: [], identities: [] };

/** By environment id. */
export type Parts = ReadonlyMap<number, Part>;

/** What is touched, as it is now, in each environment; the settings always, as other changes may move the clock on. */
export async function readParts(tx: Db, locked: readonly LockedEnvironment[], touches: Touches): Promise<Parts> {
  // A project's environments share its segments, which may hold long lists.
  const segments = new Map<number, Part["segments"]>();
  for (const projectId of new Set(locked.map((it) => it.projectId))) {
    segments.set(projectId, await readSegments(tx, projectId, touches.segments ?? []));
  }
  const parts = new Map<number, Part>();
  for (const it of locked) {
    parts.set(it.id, {
      settings: await readSettings(tx, it.id),
      flags: await readFlags(tx, it.id, touches.flags ?? []),
      segments: segments.get(it.projectId) ?? [],
      identities: await readIdentityOverrides(tx, it.id, touches.identities ?? []),
    });
  }
  return parts;
}

/** Only what the revision is about is compared. */
export function partOf(parts: Parts, { id }: LockedEnvironment, showsSettings: boolean): Part {
  const { settings, ...others } = parts.get(id) ?? EMPTY;
  return { ...others, settings: showsSettings ? settings : undefined };
}

export function haveOtherSegments(before: Parts, after: Parts): boolean {
  return [...after].some(([id, { segments }]) => JSON.stringify(segments) !== JSON.stringify(before.get(id)?.segments ?? []));
}

/**
 * Sets environments' clocks to now: from here on `$.now` is compared anew, so that a date that is written and passed already counts
 * at once. Never back, and by the database's clock, the only one that all processes share.
 */
export async function moveClocks(tx: Db, locked: readonly LockedEnvironment[]): Promise<void> {
  const ids = locked.map((it) => it.id);
  if (ids.length === 0) return;
  await tx.update(environment).set({ clockAt: later }).where(inArray(environment.id, ids));
}

const later = sql`greatest(${environment.clockAt}, date_trunc('milliseconds', clock_timestamp()))`;

export async function withSettingsAnew(tx: Db, parts: Parts): Promise<Parts> {
  const anew = new Map<number, Part>();
  for (const [id, part] of parts) anew.set(id, { ...part, settings: await readSettings(tx, id) });
  return anew;
}
