import type { Db } from "@halyard/db";
import { flag, segment } from "@halyard/db/schema";
import { inArray } from "drizzle-orm";
import type { Names } from "./readable.ts";

type PartialNames = { readonly [K in keyof Names]: ReadonlyMap<number, string> };

export async function readNames(tx: Db, projects: readonly number[]): Promise<PartialNames> {
  const ids = [...projects];
  const flags = await tx.select({ id: flag.id, key: flag.key }).from(flag).where(inArray(flag.projectId, ids));
  const segments = await tx.select({ id: segment.id, key: segment.key }).from(segment).where(inArray(segment.projectId, ids));
  return { flag: new Map(flags.map((it) => [it.id, it.key])), segment: new Map(segments.map((it) => [it.id, it.key])) };
}

export const either = (a: PartialNames, b: PartialNames): Names => ({
  flag: (id) => a.flag.get(id) ?? b.flag.get(id) ?? `#${id}`,
  segment: (id) => a.segment.get(id) ?? b.segment.get(id) ?? `#${id}`,
});
