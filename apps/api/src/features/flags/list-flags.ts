import type { listFlagsInput } from "@halyard/contracts/schemas";
import { flagKey, id } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { flag, flagOwner, flagState, flagTag, tag } from "@halyard/db/schema";
import { and, asc, desc, eq, exists, gt, ilike, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { containing, cutPage, fromCursor } from "../../paging.ts";
import { readFlagSummaries } from "./flag-summary.queries.ts";

type Wish = Pick<z.output<typeof listFlagsInput>, "after" | "limit" | "q" | "tag" | "owner" | "state" | "archived" | "sort">;

/** By key, or the newest first. */
export async function listFlags(db: Db, place: { readonly projectId: number; readonly environmentId: number }, wish: Wish) {
  const lowerKey = sql<string>`lower(${flag.key})`;
  const rows = await db
    .select({ flag })
    .from(flag)
    .innerJoin(flagState, and(eq(flagState.flagId, flag.id), eq(flagState.environmentId, place.environmentId)))
    .where(and(eq(flag.projectId, place.projectId), ...filters(db, wish), beyond(wish)))
    .orderBy(wish.sort === "key" ? asc(lowerKey) : desc(flag.id))
    .limit(wish.limit + 1);
  const { items, next } = cutPage(
    rows.map((row) => row.flag),
    wish.limit,
    (last) => (wish.sort === "key" ? last.key : last.id),
  );
  return { items: await readFlagSummaries(db, items, place.environmentId), next };
}

/** Ids rise with time, so they order like dates and are unique. */
function beyond({ sort, after }: Wish): SQL | undefined {
  if (sort === "created") {
    const last = fromCursor(after, id);
    return last === undefined ? undefined : lt(flag.id, last);
  }
  const last = fromCursor(after, flagKey);
  return last === undefined ? undefined : gt(sql`lower(${flag.key})`, sql`lower(${last})`);
}

function filters(db: Db, wish: Wish): (SQL | undefined)[] {
  const { q, owner } = wish;
  return [
    wish.archived ? isNotNull(flag.archivedAt) : isNull(flag.archivedAt),
    q === undefined ? undefined : or(ilike(flag.key, containing(q)), ilike(flag.description, containing(q))),
    wish.state && eq(flagState.enabled, wish.state === "on"),
    owner === undefined
      ? undefined
      : exists(
          db
            .select()
            .from(flagOwner)
            .where(and(eq(flagOwner.flagId, flag.id), eq(flagOwner.userId, owner))),
        ),
    ...(wish.tag ?? []).map((label) =>
      exists(
        db
          .select()
          .from(flagTag)
          .innerJoin(tag, eq(tag.id, flagTag.tagId))
          .where(and(eq(flagTag.flagId, flag.id), eq(tag.label, label))),
      ),
    ),
  ];
}
