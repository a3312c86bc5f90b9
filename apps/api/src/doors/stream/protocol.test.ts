import type { Database } from "@halyard/db";
import { openTestDatabase } from "@halyard/db/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Delivery } from "../../features/delivery/index.ts";
import { createGarden, type Garden } from "../../features/delivery/testing/garden.ts";
import { openDoor, openStockDoor, openWire, type Wire } from "./testing/doors.ts";

let database: Database;
let garden: Garden;
let node: Delivery;
let flagId: number;
let key: string;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  garden = await createGarden(database);
  node = garden.createNode();
  flagId = await garden.addFlag(node, { key: "checkout", valueType: "string", value: 'é\u2028"________"' });
  key = await garden.addKey(node, "server");
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await garden.close();
  vi.useRealTimers();
});
afterAll(() => database.close());

/** One socket of our door and one of tRPC's own handler, with the same key. */
async function openPair(credential = key): Promise<readonly [Wire, Wire]> {
  const [ours, stock] = [await openDoor(node), await openStockDoor(node)];
  closing.push(
    () => ours.close(),
    () => stock.close(),
  );
  const wires = [await openWire(ours.url), await openWire(stock.url)] as const;
  closing.push(() => wires.forEach((wire) => wire.close()));
  for (const wire of wires) wire.send({ method: "connectionParams", data: { key: credential } });
  return wires;
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 });
const subscribe = (id: number | string, path: string, input: object = {}) => ({
  id,
  method: "subscription",
  params: { path, input },
});

async function expectSame([ours, stock]: readonly [Wire, Wire], count: number): Promise<readonly string[]> {
  await until(() => expect([ours.texts.length, stock.texts.length]).toEqual([count, count]));
  expect(ours.texts).toEqual(stock.texts);
  return ours.texts;
}

it.each(["environment", "flags"])("what is said of %s is byte for byte what tRPC's own handler says", async (path) => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const wires = await openPair();
  const context = { targetingKey: "ada", attributes: { plan: "pro" } };
  for (const wire of wires) wire.send(subscribe(1, path, { context }));
  await expectSame(wires, 2);

  await garden.setFlag(node, flagId, { enabled: true, value: "ü" });
  await expectSame(wires, 3);
  vi.advanceTimersByTime(15_000);
  await expectSame(wires, 4);
  for (const wire of wires) wire.send({ id: 1, method: "subscription.stop" });
  const texts = await expectSame(wires, 5);

  expect(texts.map((text) => (JSON.parse(text) as { result: { type: string } }).result.type)).toEqual([
    "started",
    "data",
    "data",
    "data",
    "stopped",
  ]);
  expect(texts[3]).toContain('"type":"heartbeat"');
});

it("ids of any kind, protocol versions and positions are answered alike", async () => {
  const wires = await openPair();
  const { position } = (await node.environment(garden.environment.id)).current();
  for (const wire of wires) {
    wire.send({ id: "seven", method: "subscription", params: { path: "environment", lastEventId: position } });
    await until(() => expect(wire.texts).toHaveLength(2));
    wire.send({ ...subscribe(0.5, "environment"), jsonrpc: "2.0" });
    await until(() => expect(wire.texts).toHaveLength(4));
    wire.send({ id: "seven", method: "subscription.stop" });
  }

  const texts = await expectSame(wires, 5);
  expect(texts[1]).toContain('"type":"heartbeat"');
  expect(texts[2]).toContain('"jsonrpc":"2.0"');
});

it.each([
  ["input of a wrong form", subscribe(1, "flags", { context: 5 })],
  ["a path that does not exist", subscribe(1, "nothing")],
  ["a query as a subscription", subscribe(1, "flagsNow")],
  ["a call without a path", { id: 1, method: "subscription", params: {} }],
  ["no JSON", "{"],
  [
    "a stop of nothing, and then a query",
    [
      { id: 9, method: "subscription.stop" },
      { id: 1, method: "query", params: { path: "nope" } },
    ],
  ],
  ["too many calls at once", Array.from({ length: 21 }, (_, id) => subscribe(id, "flags"))],
])("%s is refused in the same words", async (_, message) => {
  const wires = await openPair();
  for (const wire of wires) wire.send(message);
  const count = Array.isArray(message) && message.length === 21 ? 21 : 1;

  expect((await expectSame(wires, count)).join()).toContain('"error"');
});

it("a second subscription under an id in use is refused in the same words", async () => {
  const wires = await openPair();
  for (const wire of wires) wire.send(subscribe(1, "flags"));
  await expectSame(wires, 2);
  for (const wire of wires) wire.send(subscribe(1, "flags"));

  expect((await expectSame(wires, 3))[2]).toContain("Duplicate id 1");
});

it.each([
  ["a client-side key on the environment", async () => garden.addKey(node, "client"), 1],
  ["a key that nobody has", () => Promise.resolve("env_nobody"), 2],
])("%s is refused in the same words", async (_, credential, count) => {
  const wires = await openPair(await credential());
  for (const wire of wires) wire.send(subscribe(1, "environment"));

  await expectSame(wires, count);
});

it("several calls in one message are all answered, in any mixture", async () => {
  const wires = await openPair();
  for (const wire of wires) {
    wire.send([
      subscribe(1, "flags"),
      { id: 2, method: "query", params: { path: "flagsNow", input: {} } },
      subscribe(3, "environment"),
    ]);
  }

  await until(() => expect(wires.map((wire) => wire.texts.length)).toEqual([5, 5]));
  expect([...wires[0].texts].sort()).toEqual([...wires[1].texts].sort());
});
