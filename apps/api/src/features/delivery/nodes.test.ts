import { type Database, openDatabase } from "@halyard/db";
import { createPostgresDatabase, testPostgresUrl } from "@halyard/db/testing";
import { evaluate } from "@halyard/evaluator";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Delivery } from "./delivery.ts";
import { createGarden, type Garden, type NodeOptions } from "./testing/garden.ts";
import { freePort, hasRedisServer, startRedis } from "./testing/processes.ts";

const redisUrl = process.env["HALYARD_TEST_REDIS_URL"];
const NEVER = 3_600_000;

describe.skipIf(!testPostgresUrl)("two nodes over one PostgreSQL (needs HALYARD_TEST_DATABASE_URL)", () => {
  let postgres: Awaited<ReturnType<typeof createPostgresDatabase>>;
  let databases: readonly [Database, Database];
  let garden: Garden;

  beforeAll(async () => {
    postgres = await createPostgresDatabase();
    databases = [await openDatabase({ url: postgres.url }), await openDatabase({ url: postgres.url })];
  });
  beforeEach(async () => {
    garden = await createGarden(databases[0]);
  });
  afterEach(() => garden.close());
  afterAll(async () => {
    for (const database of databases) await database.close();
    await postgres.drop();
  });

  const isOn = async (node: Delivery, key = "checkout") =>
    evaluate((await node.environment(garden.environment.id)).current().compiled, key, {}).enabled;

  /** Two nodes, each with its own connections, both with the environment loaded. */
  async function createNodes(options: NodeOptions) {
    const id = await garden.addFlag(undefined, { key: "checkout" });
    const here = garden.createNode({ ...options, db: databases[0].db });
    const there = garden.createNode({ ...options, db: databases[1].db });
    for (const node of [here, there]) await node.environment(garden.environment.id);
    return { id, here, there };
  }

  /** Milliseconds until the node answers so. */
  async function waitUntil(node: Delivery, enabled: boolean, timeout = 5_000): Promise<number> {
    const start = Date.now();
    await vi.waitFor(async () => expect(await isOn(node)).toBe(enabled), { timeout, interval: 5 });
    return Date.now() - start;
  }

  it("agree within two seconds without any messages", async () => {
    const { id, here, there } = await createNodes({ pollMs: 1_000 });

    await garden.setFlag(here, id, { enabled: true });

    expect(await waitUntil(there, true)).toBeLessThan(2_000);
  });

  it("write the same identities at once without a deadlock", async () => {
    const { here, there } = await createNodes({});
    const names = Array.from({ length: 100 }, (_, index) => `user-${index}`);

    const writes = [here, there, here, there].flatMap((node, round) =>
      (round % 2 === 0 ? names : names.toReversed()).map((name) =>
        node.identities.write(garden.environment.id, name, { round, b: 1, a: 2 }),
      ),
    );

    await expect(Promise.all(writes)).resolves.toHaveLength(400);
    expect(await garden.traitsOf(here, "user-7")).toMatchObject({ a: 2, b: 1 });
  });

  describe.skipIf(!redisUrl)("with Redis (needs HALYARD_TEST_REDIS_URL)", () => {
    it("tell each other of changes without looking into the database", async () => {
      const { id, here, there } = await createNodes({ redisUrl, pollMs: NEVER });

      await garden.setFlag(here, id, { enabled: true });
      const took = await waitUntil(there, true);
      await garden.setFlag(there, id, { enabled: false });
      await waitUntil(here, false);

      expect(took).toBeLessThan(1_000);
    });

    it("tell each other of traits", async () => {
      const { here, there } = await createNodes({ redisUrl, pollMs: NEVER });
      await here.identities.write(garden.environment.id, "ada", { plan: "free" });
      expect(await garden.traitsOf(there, "ada")).toEqual({ plan: "free" });

      await here.identities.write(garden.environment.id, "ada", { plan: "pro" });

      await vi.waitFor(async () => expect(await garden.traitsOf(there, "ada")).toEqual({ plan: "pro" }), 3_000);
    });

    it("read the log for a change that is too large for a message, and after rubbish", async () => {
      const { id, here, there } = await createNodes({ redisUrl, pollMs: NEVER });
      const large = await garden.addFlag(here, { key: "large", valueType: "string", value: "" });

      for (const value of ["x".repeat(70_000), "y".repeat(70_000)]) {
        const version = await garden.setFlag(here, large, { enabled: true, value });
        const hub = await there.environment(garden.environment.id);
        await vi.waitFor(() => expect(hub.current().version).toBe(version), 3_000);
      }
      const stranger = new Redis(redisUrl!);
      await garden.setFlag(undefined, id, { enabled: true });
      await stranger.publish(`halyard:revisions:${garden.environment.id}`, '{"to": "rubbish"');
      stranger.disconnect();

      await waitUntil(there, true);
    });

    it("are ready once both answer", async () => {
      const node = garden.createNode({ redisUrl });

      await vi.waitFor(async () => expect(await node.isReady()).toBe(true), 3_000);
    });
  });

  describe.skipIf(!hasRedisServer)("with a Redis that fails (needs the redis-server program)", () => {
    let port: number;
    let redis: Awaited<ReturnType<typeof startRedis>>;

    beforeEach(async () => {
      port = await freePort();
      redis = await startRedis(port);
    });
    afterEach(() => redis.kill());

    it("agree within two seconds when it is killed, and close the gap as soon as it is back", async () => {
      const polling = await createNodes({ redisUrl: redis.url, pollMs: 1_000 });
      await garden.setFlag(polling.here, polling.id, { enabled: true });
      await waitUntil(polling.there, true);

      await redis.kill();
      await garden.setFlag(polling.here, polling.id, { enabled: false });
      expect(await waitUntil(polling.there, false)).toBeLessThan(2_000);

      redis = await startRedis(port);
      await garden.setFlag(polling.here, polling.id, { enabled: true });
      await waitUntil(polling.there, true);
    });

    it("find out what was said while they were cut off, at the moment they reconnect", async () => {
      const { id, here, there } = await createNodes({ redisUrl: redis.url, pollMs: NEVER });
      await redis.kill();
      await garden.setFlag(here, id, { enabled: true });
      expect(await isOn(there)).toBe(false);

      redis = await startRedis(port);
      await waitUntil(there, true, 10_000);
      // Each connection comes back in its own time, and what is published before is lost.
      await vi.waitFor(async () => expect(await here.isReady()).toBe(true), { timeout: 10_000 });
      await garden.setFlag(here, id, { enabled: false });

      await waitUntil(there, false);
    });

    it("agree within two seconds while it hangs, and writers do not wait for it", async () => {
      const { id, here, there } = await createNodes({ redisUrl: redis.url, pollMs: 1_000 });
      await garden.setFlag(here, id, { enabled: true });
      await waitUntil(there, true);
      redis.pause();
      const start = Date.now();

      await garden.setFlag(here, id, { enabled: false });
      const wrote = Date.now() - start;

      expect(await waitUntil(there, false)).toBeLessThan(2_000);
      expect(wrote).toBeLessThan(1_000);
      redis.resume();
    });

    it("serve an environment that is first asked for while it is away", async () => {
      await redis.kill();

      const { id, here, there } = await createNodes({ redisUrl: redis.url, pollMs: 200 });
      await garden.setFlag(here, id, { enabled: true });

      await waitUntil(there, true);
      expect(await here.isReady()).toBe(false);
    });
  });
});
