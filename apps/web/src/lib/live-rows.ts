import type { Query, QueryClient } from "@tanstack/solid-query";
import type { ItemOf } from "./queries.ts";
import { ask, queryKey } from "./queries.ts";

type Flag = ItemOf<"flags.list">;
interface Pages {
  readonly pages: readonly { readonly items: readonly Flag[]; readonly next: string | null }[];
}
interface ListInput {
  readonly organisation: string;
  readonly project: string;
  readonly environment: string;
}

/** More rows than this are cheaper to ask for as pages. */
const MOST_ROWS = 20;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Lists grown page by page; the last part of their key is "pages". */
const isPages = (query: Query): boolean => query.queryKey.at(-1) === "pages";

function inputOfList(query: Query): ListInput | undefined {
  const input = query.queryKey[2];
  if (!isObject(input) || !("organisation" in input) || !("project" in input) || !("environment" in input)) return undefined;
  const { organisation, project, environment } = input;
  return { organisation: String(organisation), project: String(project), environment: String(environment) };
}

/** Puts a flag as it is now into every list of its environment that shows it. */
export function writeRow(client: QueryClient, place: ListInput, flag: Flag): void {
  for (const query of flagLists(client)) {
    const of = inputOfList(query);
    if (!of || of.project !== place.project || of.organisation !== place.organisation || of.environment !== place.environment)
      continue;
    changeRows(client, query, (row) => (row.key === flag.key ? flag : row));
  }
}

/** Changes rows in place, for acts that show before the server has them. */
export function changeRows(client: QueryClient, query: Query, change: (row: Flag) => Flag): void {
  client.setQueryData<Pages>(
    query.queryKey,
    (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) },
  );
}

export const flagLists = (client: QueryClient): Query[] =>
  client
    .getQueryCache()
    .findAll({ queryKey: queryKey("flags.list") })
    .filter(isPages);

/** A list of thousands is not asked for again because one of its flags changed: only that row is. */
export async function refreshRows(client: QueryClient, keys: readonly string[]): Promise<void> {
  const lists = client.getQueryCache().findAll({ queryKey: queryKey("flags.list") });
  await Promise.all(lists.map((query) => refreshList(client, query, keys)));
}

async function refreshList(client: QueryClient, query: Query, keys: readonly string[]): Promise<void> {
  const place = inputOfList(query);
  const shown = (client.getQueryData<Pages>(query.queryKey)?.pages ?? []).flatMap(({ items }) => items.map(({ key }) => key));
  const rows = keys.filter((key) => shown.includes(key));
  if (!place || !isPages(query) || !query.isActive() || rows.length > MOST_ROWS) {
    await client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    return;
  }
  try {
    for (const flag of await Promise.all(rows.map((key) => ask("flags.get", { ...place, flag: key })))) {
      writeRow(client, place, flag);
    }
  } catch {
    // Deleted meanwhile, or no connection: the list finds out by itself.
    await client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  }
}
