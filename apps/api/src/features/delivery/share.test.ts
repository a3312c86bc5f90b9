import { type Database, openDatabase } from "@halyard/db";
import { createPostgresDatabase, testPostgresUrl } from "@halyard/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGarden, type Garden } from "./testing/garden.ts";

const POOL_SIZE = 2;

describe.skipIf(!testPostgresUrl)("while management holds every connection of its own", () => {
  let database: Database;
  let garden: Garden;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const made = await createPostgresDatabase();
    ({ drop } = made);
    database = await openDatabase({ url: made.url, poolSize: POOL_SIZE });
    garden = await createGarden(database);
  });
  afterAll(async () => {
    await garden.close();
    await database.close();
    await drop();
  });

  it("keys, environments and traits that nobody has asked for yet are read, and traits are stored", async () => {
    await garden.addFlag(undefined, { key: "checkout" });
    const key = await garden.addKey(undefined, "client");
    const node = garden.createNode({ db: database.reserved });
    let release: () => void = () => undefined;
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    let held = 0;
    const holders = Array.from({ length: POOL_SIZE }, () =>
      database.db.transaction(async () => {
        held++;
        await isReleased;
      }),
    );
    await expect.poll(() => held).toBe(POOL_SIZE);

    const holder = await node.resolveKey(key);
    await node.identities.write(holder.environmentId, "ada", { plan: "pro" });

    expect((await node.environment(holder.environmentId)).current().compiled.snapshot.flags).toHaveLength(1);
    expect(await garden.traitsOf(node, "ada")).toEqual({ plan: "pro" });
    release();
    await Promise.all(holders);
  });
});
