import { type Database, openDatabase } from "@halyard/db";
import { createPostgresDatabase, openTestDatabase, testPostgresUrl } from "@halyard/db/testing";
import { evaluate } from "@halyard/evaluator";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Delivery } from "./delivery.ts";
import { createGarden, type Garden } from "./testing/garden.ts";
import { startWire } from "./testing/processes.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function load(garden: Garden, node: Delivery) {
  await garden.addFlag(node, { key: "checkout", enabled: true });
  const [client, server] = [await garden.addKey(node, "client"), await garden.addKey(node, "server")];
  for (const key of [client, server]) await node.resolveKey(key);
  await node.identities.write(garden.environment.id, "ada", { plan: "pro" });
  await garden.traitsOf(node, "ada");
  return { client, server };
}

async function expectServed(garden: Garden, node: Delivery, keys: { client: string; server: string }) {
  const hub = await node.environment(garden.environment.id);
  expect(evaluate(hub.current().compiled, "checkout", {}).enabled).toBe(true);
  for (const key of [keys.client, keys.server]) expect((await node.resolveKey(key)).environmentId).toBe(garden.environment.id);
  await expect(node.resolveKey("env_unknown")).rejects.toMatchObject({ code: "unavailable" });
  await expect(node.environment(garden.world.environments.staging.id)).rejects.toMatchObject({ code: "unavailable" });
  expect(await garden.traitsOf(node, "ada")).toEqual({ plan: "pro" });
  expect(await node.identities.traits(garden.environment.id, "bob")).toEqual({ traits: new Map(), fresh: false });
  await expect(node.identities.write(garden.environment.id, "ada", { plan: "free" })).rejects.toThrow();
}

describe("without its database", () => {
  it("the embedded one closed, flags, keys and traits that were seen go on being served", async () => {
    const database = await openTestDatabase("pglite");
    const garden = await createGarden(database);
    const node = garden.createNode({ pollMs: 50 });
    const keys = await load(garden, node);
    cleanups.push(() => node.close());

    await database.close();
    await new Promise((resolve) => setTimeout(resolve, 200));

    await expectServed(garden, node, keys);
  });

  describe.skipIf(!testPostgresUrl)("PostgreSQL (needs HALYARD_TEST_DATABASE_URL)", () => {
    async function start() {
      const postgres = await createPostgresDatabase();
      const target = new URL(postgres.url);
      const wire = await startWire({ host: target.hostname, port: Number(target.port || 5432) });
      const through = new URL(postgres.url);
      through.hostname = "127.0.0.1";
      through.port = String(wire.port);
      const direct: Database = await openDatabase({ url: postgres.url });
      const wired: Database = await openDatabase({ url: through.href });
      const garden = await createGarden(direct);
      const node = garden.createNode({ db: wired.db, pollMs: 200 });
      const keys = await load(garden, node);
      cleanups.push(async () => {
        await garden.close();
        wire.mend();
        await wired.close();
        await direct.close();
        await wire.close();
        await postgres.drop();
      });
      return { wire, garden, node, keys };
    }

    it("cut off, the same, and it catches up when it is back", async () => {
      const { wire, garden, node, keys } = await start();

      wire.cut();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await expectServed(garden, node, keys);
      const id = await garden.addFlag(undefined, { key: "search", enabled: true });
      wire.mend();

      const hub = await node.environment(garden.environment.id);
      await vi.waitFor(() => expect(evaluate(hub.current().compiled, "search", {}).enabled).toBe(true), 5_000);
      await garden.setFlag(undefined, id, { enabled: false });
      await vi.waitFor(() => expect(evaluate(hub.current().compiled, "search", {}).enabled).toBe(false), 5_000);
    });

    it("hanging without an answer, reads of unknown identities give up in seconds and then at once", async () => {
      const { wire, garden, node } = await start();
      wire.freeze();

      const first = await node.identities.traits(garden.environment.id, "bob");
      const start_ = Date.now();
      const second = await node.identities.traits(garden.environment.id, "eve");

      expect([first.fresh, second.fresh]).toEqual([false, false]);
      expect(Date.now() - start_).toBeLessThan(500);
    });
  });
});
