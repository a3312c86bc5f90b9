import type { Database } from "@halyard/db";
import { environmentKey } from "@halyard/db/schema";
import { openTestDatabase } from "@halyard/db/testing";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createGarden, type Garden } from "./testing/garden.ts";

let database: Database;
let garden: Garden;
beforeAll(async () => {
  database = await openTestDatabase();
  garden = await createGarden(database);
});
afterAll(async () => {
  await garden.close();
  await database.close();
});

const NOON = Date.UTC(2026, 10, 22, 12);

async function lastUse(key: string): Promise<number | undefined> {
  const [row] = await database.db.select().from(environmentKey).where(eq(environmentKey.keyId, key));
  return row?.lastUsedAt?.getTime();
}

it("tells within moments that a new key was used, by either way in", async () => {
  const node = garden.createNode({ now: () => NOON });
  const [resolved, peeked, idle] = [
    await garden.addKey(node, "client"),
    await garden.addKey(node, "client"),
    await garden.addKey(node, "client"),
  ];

  await node.resolveKey(resolved);
  node.peek(peeked);

  await expect.poll(() => lastUse(resolved)).toBe(NOON);
  expect(await lastUse(peeked)).toBe(NOON);
  expect(await lastUse(idle)).toBeUndefined();
});

it("counts no use of a key that is refused", async () => {
  const node = garden.createNode({ now: () => NOON });
  const key = await garden.addKey(node, "client");
  await garden.revokeKey(node, key);

  await expect(node.resolveKey(key)).rejects.toMatchObject({ code: "unauthenticated" });
  await node.close();

  expect(await lastUse(key)).toBeUndefined();
});

it("writes a key in constant use once a minute, and never an earlier time over a later one", async () => {
  let now = NOON;
  const key = await garden.addKey(undefined, "client");
  const use = async () => {
    const node = garden.createNode({ now: () => now });
    await node.resolveKey(key);
    await node.close();
    return lastUse(key);
  };

  expect(await use()).toBe(NOON);
  now = NOON - 5_000;
  expect(await use()).toBe(NOON);
  now = NOON + 61_000;
  expect(await use()).toBe(now);
});
