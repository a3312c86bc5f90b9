import { HEARTBEAT_MS } from "@halyard/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBackoff } from "./backoff.ts";
import { SILENCE_MS } from "./link.ts";
import { quiet, until } from "./test/clock.ts";
import { changes, createWorld, full, heartbeat, type World } from "./test/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.server.subscribed = (peer, input) => peer.event(input["lastEventId"] ? changes([1, 1], {}) : full(1, { beta: true }));
});
afterEach(() => world[Symbol.asyncDispose]());

async function joinLive(...args: Parameters<World["join"]>): Promise<ReturnType<World["join"]>> {
  const joined = world.join(...args);
  await joined.client.ready({ timeoutMs: 10_000_000 });
  return joined;
}

describe("staying alive", () => {
  it("[30] gives up a connection that is silent for two heartbeats, without waiting for TCP", async () => {
    const { server, clock } = world;
    const { client, heard } = await joinLive();
    expect(SILENCE_MS).toBe(2 * HEARTBEAT_MS);

    clock.advance(SILENCE_MS - 1);
    server.peers[0]!.event(heartbeat(1));
    await until(() => client.details("beta").ageMs === 0);
    clock.advance(SILENCE_MS - 1);
    expect(heard.statuses).toEqual(["live"]);
    clock.advance(1);

    expect(heard.statuses).toEqual(["live", "stale"]);
    expect(client.details("beta")).toMatchObject({ value: true, source: "live", ageMs: SILENCE_MS });
    clock.advance(1000);
    await until(() => heard.statuses.at(-1) === "live");
    expect(server.peers[1]!.inputs).toEqual([{ parts: true, lastEventId: "e1:1:aaaaaaaa" }]);
    await until(() => !server.peers[0]!.isOpen());
  });

  it("answers the server's PING", async () => {
    await joinLive();

    world.server.peers[0]!.raw("PING");

    await until(() => world.server.peers[0]!.received.includes("PONG"));
  });

  it("[31] makes no hot loop with a server that accepts, delivers and closes", async () => {
    const { server, clock } = world;
    server.subscribed = (peer) => {
      peer.event(full(1, { beta: true }));
      peer.close(1011);
    };
    const { heard } = world.join();

    const delays: number[] = [];
    for (let failure = 1; failure <= 7; failure++) {
      await until(() => heard.errors.length === failure);
      const [delay = 0] = clock.waits();
      delays.push(delay);
      clock.advance(delay);
    }

    expect(delays).toEqual([550, 1050, 2050, 4050, 8050, 15_050, 15_050]);
  });

  it("[31] counts from the first failure again only after a minute of health", async () => {
    const { server, clock } = world;
    server.upgrade = (attempt) => (attempt < 3 ? { status: 503 } : "accept");
    const { heard } = world.join();
    for (const failure of [1, 2]) {
      await until(() => heard.errors.length === failure);
      clock.advance(2000);
    }
    await until(() => heard.statuses.at(-1) === "live");

    server.peers[0]!.close(1012);
    await until(() => heard.errors.length === 3);
    expect(clock.waits()).toEqual([2050]);
    clock.advance(2050);
    await until(() => heard.statuses.at(-1) === "live");
    for (let seconds = 20; seconds <= 60; seconds += 20) {
      clock.advance(20_000);
      server.peers[1]!.event(heartbeat(1));
      await until(() => clock.waits()[0] === SILENCE_MS);
    }
    server.peers[1]!.close(1012);

    await until(() => heard.errors.length === 4);
    expect(clock.waits()).toEqual([550]);
  });

  it("[31] spreads a hundred clients over more than half of each window", () => {
    const clients = Array.from({ length: 100 }, (_, i) => createBackoff(() => i / 100));
    let window = 1000;

    for (let attempt = 0; attempt < 8; attempt++) {
      const delays = clients.map((backoff) => backoff.next());
      expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(window / 2);
      expect(Math.max(...delays)).toBeLessThanOrEqual(window);
      window = Math.min(30_000, window * 2);
    }
  });

  it("[25] moves to another connection when the server asks, without a gap", async () => {
    const { server, clock } = world;
    const { client, heard } = await joinLive();
    server.subscribed = () => {};
    const [old] = server.peers;

    old!.raw('{"id":null,"method":"reconnect"}');
    await until(() => clock.waits()[0] === 2500);
    clock.advance(2500);
    await until(() => server.peers[1]?.inputs.length === 1);
    old!.event(changes([1, 2], { beta: false }));
    await until(() => client.get("beta") === false);
    expect(old!.isOpen()).toBe(true);
    server.peers[1]!.event(changes([1, 2], { beta: false }));
    server.peers[1]!.event(changes([2, 3], { beta: true }));

    await until(() => client.get("beta") === true && !old!.isOpen());
    expect(heard.changes.slice(1).map(({ version }) => version)).toEqual(["e1:2", "e1:3"]);
    expect(heard.statuses).toEqual(["live"]);
    expect(heard.errors).toEqual([]);
    expect(clock.waits()).toEqual([SILENCE_MS]);
  });

  it("keeps the old connection when the new one fails", async () => {
    const { server, clock } = world;
    const { client, heard } = await joinLive();
    server.upgrade = () => ({ status: 503 });

    server.peers[0]!.raw('{"id":null,"method":"reconnect"}');
    await until(() => clock.waits()[0] === 2500);
    clock.advance(2500);
    await until(() => server.attempts() === 2);
    await quiet();
    server.peers[0]!.event(changes([1, 2], { beta: false }));

    await until(() => client.get("beta") === false);
    expect(heard.statuses).toEqual(["live"]);
  });

  it("[35] asks for the key again at each connection", async () => {
    const { server, clock } = world;
    let asked = 0;
    const { heard } = await joinLive({ key: () => Promise.resolve(`key_${++asked}`) });

    server.peers[0]!.close(1000);
    await until(() => heard.errors.length === 1);
    clock.advance(1000);

    await until(() => server.peers[1]?.inputs.length === 1);
    expect(server.peers.map((peer) => peer.key())).toEqual([{ key: "key_1" }, { key: "key_2" }]);
    expect(server.peers[1]!.inputs).toEqual([{ parts: true, lastEventId: "e1:1:aaaaaaaa" }]);
    expect(world.storage.size).toBe(0);
  });

  it("[35] asks for another key at once when the one in use expires, and loses nothing", async () => {
    const { server, clock } = world;
    let asked = 0;
    const { client, heard } = await joinLive({ key: () => `key_${++asked}` });
    server.subscribed = (peer) => peer.event(changes([1, 4], { beta: false }));

    server.peers[0]!.close(4401);
    await until(() => heard.errors.length === 1);
    expect(clock.waits()).toEqual([550]);
    clock.advance(1000);

    await until(() => client.get("beta") === false);
    expect(server.peers[1]!.key()).toEqual({ key: "key_2" });
    expect(server.peers[1]!.inputs).toEqual([{ parts: true, lastEventId: "e1:1:aaaaaaaa" }]);
    expect(heard.statuses).toEqual(["live", "stale", "live"]);
    expect(heard.errors[0]).toMatchObject({ code: "UNREACHABLE", cause: { code: "REFUSED" } });
    server.subscribed = (peer) => peer.close(4401);
    server.peers[1]!.close(4401);
    await until(() => heard.errors.length === 2);
    clock.advance(3000);
    await until(() => heard.errors.length === 3);
    expect(clock.waits()).toEqual([225_000]);
    expect(heard.statuses.at(-1)).toBe("error");
  });

  it("tries again when the key cannot be had", async () => {
    let asked = 0;
    const { client, heard } = world.join({
      key: () => {
        if (++asked === 1) throw new Error("signed out");
        return "key_2";
      },
    });
    await until(() => heard.errors.length === 1);
    expect(heard.errors[0]).toMatchObject({ code: "KEY_UNAVAILABLE", cause: { message: "signed out" } });

    world.clock.advance(1000);

    await until(() => client.get("beta") === true);
  });

  it("[36] goes on when a listener throws: the others run, and the stream too", async () => {
    const { client, heard } = await joinLive();
    const seen: unknown[] = [];
    client.on("change", () => {
      throw new Error("bug");
    });
    client.watch("beta", () => {
      throw new Error("another bug");
    });
    client.on("error", () => {
      throw new Error("a third");
    });
    client.watch("beta", (now, before) => seen.push([now, before]));

    world.server.peers[0]!.event(changes([1, 2], { beta: false }));
    world.server.peers[0]!.event(changes([2, 3], { beta: true }));

    await until(() => seen.length === 2);
    expect(seen).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(heard.errors.map(({ code }) => code)).toEqual(["LISTENER", "LISTENER", "LISTENER", "LISTENER"]);
    expect(world.server.attempts()).toBe(1);
  });
});
