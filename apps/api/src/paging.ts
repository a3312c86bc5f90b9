import type { z } from "zod";
import { invalid } from "./errors.ts";

/** Where the next page begins: the sort key of the last row, opaque to callers. */
export const toCursor = (key: z.core.util.JSONType): string => Buffer.from(JSON.stringify(key)).toString("base64url");

/** @throws AppError `invalid` for anything that `toCursor` has not made of such a key */
export function fromCursor<T>(after: string | undefined, key: z.ZodType<T>): T | undefined {
  if (after === undefined) return undefined;
  const parsed = key.safeParse(parseJson(Buffer.from(after, "base64url").toString()));
  if (!parsed.success) throw invalid("after", "Give the `next` of the page before, unchanged, with the same `sort`.");
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No cursor of ours; undefined is none of its keys either, and the caller is told.
    return undefined;
  }
}

/** Cuts a page from rows that were read with `limit + 1`. */
export function cutPage<T>(rows: readonly T[], limit: number, keyOf: (last: T) => z.core.util.JSONType) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? toCursor(keyOf(last)) : null };
}

/** A LIKE pattern for "contains this text", whatever characters it has. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
