import type { Db } from "@halyard/db";
import { apiKey, user } from "@halyard/db/schema";
import { ilike, inArray, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { containing } from "../../paging.ts";

const USER = "user:";
const KEY = "key:";

/** Names of those that history refers to by id, by reference; who was deleted, and what has no id, is missing. */
export async function resolveActors(tx: Db, refs: readonly string[]): Promise<Map<string, string>> {
  const all = [...new Set(refs)];
  const ids = (prefix: string) => all.filter((it) => it.startsWith(prefix)).map((it) => it.slice(prefix.length));
  const names = new Map<string, string>();
  const users = ids(USER);
  if (users.length > 0) {
    const rows = await tx.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, users));
    for (const row of rows) names.set(`${USER}${row.id}`, row.name);
  }
  const keys = ids(KEY).map(Number);
  if (keys.length > 0) {
    const rows = await tx.select({ id: apiKey.id, name: apiKey.name }).from(apiKey).where(inArray(apiKey.id, keys));
    for (const row of rows) names.set(`${KEY}${row.id}`, row.name);
  }
  return names;
}

/** True of a reference to somebody whose name holds the text. */
export const isNamed = (reference: PgColumn, q: string): SQL =>
  sql`${reference} in (
    select ${USER} || ${user.id} from ${user} where ${ilike(user.name, containing(q))}
    union all select ${KEY} || ${apiKey.id} from ${apiKey} where ${ilike(apiKey.name, containing(q))})`;
