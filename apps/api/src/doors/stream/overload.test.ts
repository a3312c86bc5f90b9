import { EventEmitter } from "node:events";
import { connect } from "node:net";
import { CLOSE, type EventPart, PART_BYTES } from "@halyard/contracts";
import type { Database } from "@halyard/db";
import { flag, flagState } from "@halyard/db/schema";
import { openTestDatabase } from "@halyard/db/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Delivery } from "../../features/delivery/index.ts";
import { createGarden, type Garden } from "../../features/delivery/testing/garden.ts";
import { STREAM_LIMITS, type StreamLimits } from "./limits.ts";
import { openDoor, openWire } from "./testing/doors.ts";

let database: Database;
let garden: Garden;
let node: Delivery;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  garden = await createGarden(database);
  node = garden.createNode();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0).reverse()) await close();
  await garden.close();
});
afterAll(() => database.close());

async function open(limits: Partial<StreamLimits> = {}) {
  const door = await openDoor(node, { ...STREAM_LIMITS, ...limits });
  closing.push(() => door.close());
  return door;
}

async function wireTo(url: string, key: string) {
  const wire = await openWire(url);
  closing.push(() => wire.close());
  wire.send({ method: "connectionParams", data: { key } });
  return wire;
}

const until = (check: () => void, timeout = 10_000) => vi.waitFor(check, { timeout, interval: 10 });
const subscribe = (path: string, input: object = {}) => ({ id: 1, method: "subscription", params: { path, input } });

/** Rows as they are before any node has read the environment. */
async function growLarge(count: number): Promise<number[]> {
  const rows = await garden.db
    .insert(flag)
    .values(
      Array.from({ length: count }, (_, n) => ({
        projectId: garden.world.project.id,
        key: `flag-${n}`,
        valueType: "string" as const,
      })),
    )
    .returning();
  const value = `"é😀`.repeat(5_000);
  const environmentId = garden.environment.id;
  await garden.db.insert(flagState).values(rows.map(({ id }) => ({ flagId: id, environmentId, enabled: false, value })));
  return rows.map(({ id }) => id);
}

describe("a large snapshot", () => {
  it("goes in pieces of at most 256 KiB to whoever asks for them, in one piece to anybody else, and says the same", async () => {
    await growLarge(25);
    const key = await garden.addKey(node, "server");
    const door = await open();
    const [whole, pieces] = [await wireTo(door.url, key), await wireTo(door.url, key)];

    whole.send(subscribe("environment"));
    pieces.send(subscribe("environment", { parts: true }));

    await until(() => expect(whole.texts).toHaveLength(2));
    const expected = dataOf(whole.texts[1]);
    await until(() => expect(partsOf(pieces.texts).at(-1)?.data.index).toBe((partsOf(pieces.texts)[0]?.data.count ?? 0) - 1));
    const parts = partsOf(pieces.texts);
    expect(parts.length).toBeGreaterThan(2);
    expect(pieces.texts.every((text) => Buffer.byteLength(text) <= PART_BYTES)).toBe(true);
    expect(parts.map((part) => part.data.index)).toEqual(parts.map((_, index) => index));
    expect(JSON.parse(parts.map((part) => part.data.text).join(""))).toEqual(expected.data);
    expect(parts.slice(0, -1).every((part) => part.id === "~")).toBe(true);
    expect(parts.at(-1)?.id).toBe(expected.id);
  });

  it("is followed by what changed while it was under way", async () => {
    const [id = 0] = await growLarge(300);
    const door = await open({ transfers: 1 });
    const key = await garden.addKey(node, "server");
    const [slow, next] = [await wireTo(door.url, key), await wireTo(door.url, key)];
    slow.socket.pause();
    for (const wire of [slow, next]) wire.send(subscribe("environment", { parts: true }));
    await until(() => expect(node.counts.open).toMatchObject({ transfers: 1, waitingTransfers: 1 }));

    const version = await garden.setFlag(node, id, { enabled: true, value: "new" });
    slow.socket.resume();

    for (const wire of [slow, next]) {
      await until(() => expect(dataOf(wire.texts.at(-1)).data).toMatchObject({ type: "delta", to: version }));
    }
    await until(() => expect(node.counts.open).toMatchObject({ transfers: 0, waitingTransfers: 0 }));
  });

  it("that is not taken in time ends the connection, and lets the next one have its turn", async () => {
    await growLarge(300);
    const door = await open({ transfers: 1, transferSeconds: 1 });
    const key = await garden.addKey(node, "server");
    const [stuck, next] = [await wireTo(door.url, key), await wireTo(door.url, key)];
    stuck.socket.pause();
    stuck.send(subscribe("environment"));
    await until(() => expect(node.counts.open.transfers).toBe(1));
    next.send(subscribe("environment"));

    await until(() => expect(next.texts).toHaveLength(2));

    expect(node.counts.closed.slow).toBe(1);
    stuck.socket.resume();
    expect(await stuck.closed).toBe(CLOSE.slow);
  });
});

describe("a reader that stopped reading", () => {
  it("is left out, hears no heartbeat, and gets what it missed as one once it reads again", async () => {
    const [id = 0] = await growLarge(1);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const door = await open();
    const key = await garden.addKey(node, "server");
    const [slow, quick] = [await wireTo(door.url, key), await wireTo(door.url, key)];
    for (const wire of [slow, quick]) {
      wire.send(subscribe("environment"));
      await until(() => expect(wire.texts).toHaveLength(2));
    }
    const set = async (value: string) => {
      const version = await garden.setFlag(node, id, { enabled: true, value });
      await until(() => expect(dataOf(quick.texts.at(-1)).data).toMatchObject({ to: version }));
      return version;
    };
    // The next heartbeat is near, and the end of those who are stuck is not.
    vi.advanceTimersByTime(8_000);
    slow.socket.pause();

    for (let n = 0; node.counts.total.collapsed === 0 && n < 100; n++) await set(`${n}${"€".repeat(80_000)}`);
    await set("older");
    const version = await set("newest");
    vi.advanceTimersByTime(7_500);
    await until(() => expect(dataOf(quick.texts.at(-1)).data).toMatchObject({ type: "heartbeat", to: version }));
    slow.socket.resume();

    await until(() => {
      vi.advanceTimersByTime(20);
      expect(dataOf(slow.texts.at(-1)).data).toMatchObject({ type: "delta", to: version });
    });
    const events = slow.texts.slice(1).map((text) => dataOf<{ type: string; from?: number; to: number }>(text).data);
    expect(events.map((event) => event.type)).not.toContain("heartbeat");
    expect(events.length).toBeLessThan(quick.texts.length - 2);
    for (const [index, event] of events.slice(1).entries()) expect(event.from).toBe(events[index]?.to);
  }, 60_000);
});

describe("connections", () => {
  it("beyond what an address may have are turned away, with a time to come again, until one leaves", async () => {
    const door = await open({ connectionsPerAddress: 1 });
    const first = await openWire(door.url);

    expect(await statusOf(door.url)).toMatch(/^HTTP\/1\.1 503 [^]*\r\nRetry-After: [1-5]\r\n/);
    first.close();

    await until(() => expect(node.counts.open.connections).toBe(0));
    const second = await openWire(door.url);
    closing.push(() => second.close());
    expect(node.counts.refused.address).toBe(1);
  });

  it("that come faster than the process takes them in are turned away, and come in a while later", async () => {
    const door = await open({ connectsPerSecond: 5 });
    const answers = await Promise.all(Array.from({ length: 30 }, () => statusOf(door.url)));

    const refused = answers.filter((answer) => answer.startsWith("HTTP/1.1 503")).length;
    expect(refused).toBeGreaterThan(10);
    expect(answers.length - refused).toBeGreaterThanOrEqual(10);
    expect(node.counts.refused.rate).toBe(refused);
    await vi.waitFor(
      async () => {
        const wire = await openWire(door.url);
        closing.push(() => wire.close());
      },
      { timeout: 5_000, interval: 100 },
    );
  });

  it("beyond what a key may have are told so, with a code that means later", async () => {
    const door = await open({ connectionsPerKey: 1 });
    const key = await garden.addKey(node, "client");
    const first = await wireTo(door.url, key);
    first.send(subscribe("flags"));
    await until(() => expect(first.texts).toHaveLength(2));
    const second = await wireTo(door.url, key);

    expect(await second.closed).toBe(1013);
    expect(JSON.parse(second.texts[0] ?? "")).toMatchObject({ id: null, error: { data: { code: "TOO_MANY_REQUESTS" } } });
    first.close();
    await until(() => expect(node.counts.open.connections).toBe(0));
    const third = await wireTo(door.url, key);
    third.send(subscribe("flags"));
    await until(() => expect(third.texts).toHaveLength(2));
  });

  it("whose other side has vanished are found and forgotten within 35 seconds; those that answer stay", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const door = await open();
    const key = await garden.addKey(node, "client");
    const [alive, dead] = [await wireTo(door.url, key), await wireTo(door.url, key)];
    for (const wire of [alive, dead]) {
      wire.send(subscribe("flags"));
      await until(() => expect(wire.texts).toHaveLength(2));
    }
    dead.socket.pause();
    const pinged = new Promise((resolve) => alive.socket.once("ping", resolve));

    vi.advanceTimersByTime(20_000);
    await pinged;
    // Whatever the server says to a question, it says after it has heard what came before.
    alive.send("PING");
    await until(() => expect(alive.texts.at(-1)).toBe("PONG"));
    expect(node.counts.open.connections).toBe(2);
    vi.advanceTimersByTime(15_000);

    await until(() => expect(node.counts.open).toMatchObject({ connections: 1, flags: 1 }));
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  });
});

interface Data<T> {
  readonly id: string;
  readonly data: T;
}

const dataOf = <T = unknown>(text: string | undefined): Data<T> =>
  (JSON.parse(text ?? "{}") as { result: { data: Data<T> } }).result.data;

const partsOf = (texts: readonly string[]): Data<EventPart>[] =>
  texts.filter((text) => text.includes('"type":"part"')).map((text) => dataOf<EventPart>(text));

/** What is said to a request to upgrade, before the connection ends or becomes a WebSocket. */
async function statusOf(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  closing.push(() => socket.destroy());
  socket.write(
    "GET /stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  const [bytes] = (await EventEmitter.once(socket, "data")) as [Buffer];
  return bytes.toString();
}
