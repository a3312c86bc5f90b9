import type { listItemPage, listItemsInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { z } from "zod";
import { cutPage, fromCursor } from "../../paging.ts";
import { listAt } from "./long-lists.ts";
import { getSegment } from "./segments.queries.ts";

type Wish = Omit<z.output<typeof listItemsInput>, "organisation" | "project">;

/** One page of a list's items, ascending by code unit. */
export async function readListItems(tx: Db, projectId: number, { segment: key, path, q, after, limit }: Wish) {
  const last = fromCursor(after, z.string());
  const { rules, version } = await getSegment(tx, projectId, key);
  const list = listAt(rules, path);
  const found = q === undefined ? list : list.filter((item) => item.includes(q));
  const beyond = last === undefined ? [...found] : found.filter((item) => item > last);
  const { items, next } = cutPage(beyond.sort(), limit, (item) => item);
  return { items, next, count: list.length, version } satisfies z.output<typeof listItemPage>;
}
