import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HIDDEN_MS } from "./pauses.ts";
import { type Surrounding, watchWebSurroundings } from "./surroundings.ts";
import { quiet, until } from "./test/clock.ts";
import { changes, createWorld, full, heartbeat, type World } from "./test/world.ts";

let world: World;
let tell: (what: Surrounding) => void;
let stops: number;
beforeEach(async () => {
  world = await createWorld();
  stops = 0;
  world.server.subscribed = (peer, input) =>
    peer.event(input["lastEventId"] ? changes([1, 2], { limit: 11 }) : full(1, { limit: 10 }));
});
afterEach(() => world[Symbol.asyncDispose]());

async function joinLive() {
  const joined = world.join(
    {},
    {
      watchSurroundings(on) {
        tell = on;
        return () => stops++;
      },
    },
  );
  await joined.client.ready({ timeoutMs: 10_000_000 });
  return { ...joined, peer: world.server.peers[0]! };
}

/** The server goes on saying that it is there. */
async function stayFor(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 20_000) {
    world.clock.advance(20_000);
    const peer = world.server.peers.find(({ isOpen }) => isOpen());
    peer?.event(heartbeat(1));
    if (peer) await until(() => world.clock.waits().includes(30_000));
  }
}

describe("a page", () => {
  it("[33] lets go of its connection when nobody has seen it for a while, and resumes by one request when seen", async () => {
    const { client, heard, peer } = await joinLive();

    tell("hidden");
    await stayFor(HIDDEN_MS - 20_000);
    world.clock.advance(20_000);

    await until(() => !peer.isOpen());
    expect(heard.statuses).toEqual(["live", "stale"]);
    expect(client.get("limit")).toBe(10);
    expect(world.clock.waits()).toEqual([]);
    world.clock.advance(3_600_000);
    tell("visible");
    await until(() => client.get("limit") === 11);
    expect(world.server.attempts()).toBe(2);
    expect(world.server.peers[1]!.inputs).toEqual([{ parts: true, lastEventId: "e1:1:aaaaaaaa" }]);
    expect(heard.statuses).toEqual(["live", "stale", "live"]);
    expect(heard.errors).toEqual([]);
  });

  it("[33] keeps its connection when it is hidden for a moment only", async () => {
    const { heard, peer } = await joinLive();

    tell("hidden");
    await stayFor(HIDDEN_MS - 40_000);
    tell("visible");
    await stayFor(120_000);

    expect(peer.isOpen()).toBe(true);
    expect(heard.statuses).toEqual(["live"]);
  });

  it("[33] rests while there is no network, without attempts, and resumes at once when it is back", async () => {
    const { client, heard, peer } = await joinLive();

    tell("offline");
    tell("offline");
    await until(() => !peer.isOpen());
    world.clock.advance(3_600_000);
    await quiet();
    expect(world.server.attempts()).toBe(1);
    tell("woke");
    tell("hidden");
    tell("visible");
    await quiet();
    expect(world.server.attempts()).toBe(1);
    expect(client.get("limit")).toBe(10);
    tell("online");
    tell("online");

    await until(() => client.get("limit") === 11);
    expect(world.server.attempts()).toBe(2);
    expect(heard.statuses).toEqual(["live", "stale", "live"]);
    expect(heard.errors).toEqual([]);
  });

  it("[33] asks for the context that was set while it rested", async () => {
    const { client } = await joinLive();
    tell("offline");
    const changed = client.setContext({ targetingKey: "u_2" });
    await quiet();
    expect(world.server.attempts()).toBe(1);

    tell("online");

    await changed;
    expect(world.server.peers[1]!.inputs).toEqual([{ context: { targetingKey: "u_2" }, parts: true }]);
  });

  it("[32] connects anew at once when the machine wakes, and keeps the old connection until the new one answers", async () => {
    const { client, heard, peer } = await joinLive();

    tell("woke");

    await until(() => client.get("limit") === 11);
    await until(() => !peer.isOpen());
    expect(world.server.attempts()).toBe(2);
    expect(heard.statuses).toEqual(["live"]);
    expect(world.clock.waits()).toEqual([30_000]);
  });

  it("[32] does not wait for the next attempt when the machine wakes, and makes one, not many", async () => {
    const { server, clock } = world;
    const { client, heard, peer } = await joinLive();
    server.upgrade = () => ({ status: 503 });
    peer.close(1012);
    await until(() => heard.errors.length === 1);
    for (const attempt of [2, 3]) {
      clock.advance(clock.waits()[0]!);
      await until(() => server.attempts() === attempt && heard.errors.length === attempt);
    }
    server.upgrade = () => "accept";

    tell("woke");
    tell("woke");

    await until(() => client.get("limit") === 11);
    await quiet();
    expect(server.peers.filter(({ isOpen }) => isOpen())).toHaveLength(1);
    expect(server.attempts()).toBeLessThanOrEqual(5);
    expect(clock.waits()).toEqual([30_000]);
  });

  it("[33] leaves nothing behind when closed", async () => {
    const { client } = await joinLive();
    tell("hidden");

    await client.close();

    expect(stops).toBe(1);
    expect(world.clock.waits()).toEqual([]);
  });
});

describe("what the platform tells", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it("[32] is that the machine slept, by the clock on the wall, and not that it was slow", () => {
    vi.useFakeTimers();
    const told: Surrounding[] = [];
    const stop = watchWebSurroundings((what) => told.push(what));

    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(10_000);

    expect(told).toEqual(["woke"]);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("[33] is what the page and the network say, also at the start", () => {
    const page = Object.assign(new EventTarget(), { visibilityState: "hidden" });
    vi.stubGlobal("document", page);
    vi.stubGlobal("navigator", { onLine: false });
    const worker = new EventTarget();
    vi.stubGlobal("addEventListener", worker.addEventListener.bind(worker));
    vi.stubGlobal("removeEventListener", worker.removeEventListener.bind(worker));
    const told: Surrounding[] = [];
    const stop = watchWebSurroundings((what) => told.push(what));
    expect(told).toEqual(["hidden", "offline"]);

    worker.dispatchEvent(new Event("online"));
    page.visibilityState = "visible";
    page.dispatchEvent(new Event("visibilitychange"));
    stop();
    worker.dispatchEvent(new Event("offline"));
    page.dispatchEvent(new Event("visibilitychange"));

    expect(told).toEqual(["hidden", "offline", "online", "visible"]);
  });
});
