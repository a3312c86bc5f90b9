import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deferred, quiet, until } from "./test/clock.ts";
import { startFaultServer } from "./test/server.ts";
import { createWorld, full, type World } from "./test/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.server.subscribed = (peer) => peer.event(full(1, { beta: true }));
});
afterEach(() => world[Symbol.asyncDispose]());

const LONG = { timeoutMs: 10_000_000 };

describe("connecting", () => {
  it("[1] is ready after two connections that nobody took, with exactly three attempts and none after", async () => {
    const { clock } = world;
    const gone = await startFaultServer();
    await gone[Symbol.asyncDispose]();
    const { client, heard } = world.join({ url: gone.url });
    const ready = client.ready(LONG);
    await until(() => heard.errors.length === 1);
    clock.advance(1000);
    await until(() => heard.errors.length === 2);
    await using server = await startFaultServer(Number(new URL(gone.url).port));
    server.subscribed = (peer) => peer.event(full(1, { beta: true }));

    clock.advance(2000);

    await expect(ready).resolves.toEqual({ source: "live" });
    expect(client.get("beta")).toBe(true);
    expect(heard.errors.map(({ code }) => code)).toEqual(["UNREACHABLE", "UNREACHABLE"]);
    clock.advance(20_000);
    await quiet();
    expect(server.attempts()).toBe(1);
    expect(heard.statuses).toEqual(["live"]);
    await client.close();
  });

  it("[1] is ready after two refusals, with exactly three attempts and none after", async () => {
    const { server, clock } = world;
    server.upgrade = (attempt) => (attempt < 3 ? { status: 500 } : "accept");
    const { client, heard } = world.join();
    const ready = client.ready(LONG);

    for (const attempt of [1, 2]) {
      await until(() => heard.errors.length === attempt);
      clock.advance(2000);
    }

    await expect(ready).resolves.toEqual({ source: "live" });
    expect(client.get("beta")).toBe(true);
    clock.advance(20_000);
    await quiet();
    expect(server.attempts()).toBe(3);
  });

  it.each([500, 503, 408, 400, 429])("[2] gets over the status %i", async (status) => {
    const { server, clock } = world;
    server.upgrade = (attempt) => (attempt < 3 ? { status } : "accept");
    const { client, heard } = world.join();
    const ready = client.ready(LONG);

    for (const attempt of [1, 2]) {
      await until(() => heard.errors.length === attempt);
      clock.advance(2000);
    }

    await ready;
    expect(client.get("beta")).toBe(true);
  });

  it.each([
    ["seconds", "120"],
    ["a date", new Date(1_800_000_120_000).toUTCString()],
  ])("[3] does not come back before Retry-After, given as %s", async (_form, header) => {
    const { server, clock } = world;
    server.upgrade = (attempt) => (attempt === 1 ? { status: 429, headers: { "Retry-After": header } } : "accept");
    world.join();
    await until(() => clock.waits()[0] === 120_000);

    clock.advance(119_000);
    await quiet();
    expect(server.attempts()).toBe(1);

    clock.advance(1000);
    await until(() => server.attempts() === 2);
  });

  it("does not poll either before the time that the server asked for", async () => {
    const { server, clock } = world;
    server.upgrade = () => ({ status: 503, headers: { "Retry-After": "60" } });
    const { heard } = world.join();

    for (let failure = 1; failure <= 4; failure++) {
      await until(() => heard.errors.length === failure);
      expect(clock.waits()).toEqual([60_000]);
      clock.advance(60_000);
    }

    expect(server.polls).toEqual([]);
  });

  it.each([
    ["the status 401", () => ({ status: 401 })],
    ["the status 403", () => ({ status: 403 })],
  ])("[4] stops waiting at once when its key is refused by %s, and tries again after minutes", async (_how, upgrade) => {
    const { server, clock } = world;
    server.upgrade = upgrade;
    const { client, heard } = world.join();

    await expect(client.ready(LONG)).resolves.toEqual({ source: "default" });

    expect(heard.errors.map(({ code }) => code)).toEqual(["REFUSED"]);
    expect(clock.waits()).toEqual([225_000]);
    server.upgrade = () => "accept";
    clock.advance(225_000);
    await until(() => client.get("beta") === true);
  });

  it.each([4401, 4403, 1008])("[4] makes no loop when the server accepts and then closes with %i", async (code) => {
    const { server, clock } = world;
    server.subscribed = (peer) => peer.close(code);
    const { client, heard } = world.join();

    await client.ready(LONG);

    expect(heard.errors[0]?.code).toBe("REFUSED");
    clock.advance(100_000);
    await quiet();
    expect(server.attempts()).toBe(1);
  });

  it("is slow also when the refusal comes as an answer to the connection or the subscription", async () => {
    const { server, clock } = world;
    server.subscribed = (peer) =>
      peer.raw(
        JSON.stringify({
          id: null,
          error: { code: -32001, message: "no such key", data: { code: "unauthenticated", httpStatus: 401 } },
        }),
      );
    const { client, heard } = world.join();

    await client.ready(LONG);

    expect(heard.errors[0]).toMatchObject({ code: "REFUSED", message: "The server refused the subscription: no such key" });
    expect(clock.waits()).toEqual([225_000]);
  });

  it("[5] gives the defaults when the time to get ready is over, and becomes live later, once", async () => {
    const { server, clock } = world;
    server.subscribed = () => {};
    const { client, heard } = world.join({ defaults: { beta: false } });
    const ready = client.ready({ timeoutMs: 2000 });
    await until(() => server.peers[0]?.inputs.length === 1);

    clock.advance(2000);

    await expect(ready).resolves.toEqual({ source: "default" });
    expect(client.details("beta")).toMatchObject({ value: false, errorCode: "PROVIDER_NOT_READY", source: "default" });
    server.peers[0]!.event(full(1, { beta: true }));
    await until(() => client.get("beta") === true);
    expect(heard.statuses).toEqual(["live"]);
  });

  it("[6] tries again when the first values never come", async () => {
    const { server, clock } = world;
    server.subscribed = () => {};
    const { heard } = world.join();
    await until(() => server.peers[0]?.inputs.length === 1 && clock.waits()[0] === 30_000);

    clock.advance(30_000);

    await until(() => server.peers[0]?.isOpen() === false);
    expect(heard.errors[0]?.code).toBe("UNREACHABLE");
    clock.advance(1000);
    await until(() => server.attempts() === 2);
  });

  it("[7] serves what an earlier run knew while the server is away, and says so", async () => {
    const first = world.join({ context: { targetingKey: "u_42" } });
    await first.client.ready(LONG);
    await first.client.close();
    world.clock.advance(60_000);
    world.server.upgrade = () => ({ status: 503 });

    const { client, heard } = world.join({ context: { targetingKey: "u_42" } });

    expect(client.details("beta")).toMatchObject({ value: true, source: "disk", ageMs: 60_000 });
    await until(() => heard.statuses.includes("stale"));
    expect(world.join({ context: { targetingKey: "u_43" } }).client.get("beta")).toBeUndefined();
    expect(world.join({ context: { targetingKey: "u_42" }, cache: false }).client.get("beta")).toBeUndefined();
  });

  it("starts with the values that came with the page", () => {
    world.server.upgrade = () => ({ status: 503 });
    const { to, position, flags } = full(7, { beta: true });

    const { client } = world.join({ bootstrap: { to, position, flags } });

    expect(client.details("beta")).toMatchObject({ value: true, source: "bootstrap", version: "e1:7" });
  });

  it.each(["hang", "accept"] as const)("[8] leaves no socket and no timer when closed while connecting (%s)", async (upgrade) => {
    const { server, clock } = world;
    server.upgrade = () => upgrade;
    server.subscribed = () => {};
    const { client, heard } = world.join();
    const ready = client.ready(LONG);
    await until(() => server.attempts() === 1);

    await client.close();

    await expect(ready).resolves.toEqual({ source: "default" });
    expect(clock.waits()).toEqual([]);
    await until(() => server.peers.every((peer) => !peer.isOpen()));
    expect(heard.statuses).toEqual(["closed"]);
    expect(heard.errors).toEqual([]);
  });

  it.each(["resolves", "rejects"] as const)("opens nothing when closed before the key is there (%s)", async (how) => {
    const { server, clock } = world;
    const key = deferred<string>();
    const { client, heard } = world.join({ key: () => key.promise });
    await client.close();

    if (how === "resolves") key.resolve("env_late");
    else key.reject(new Error("signed out"));

    await quiet();
    expect(clock.waits()).toEqual([]);
    expect(server.attempts()).toBe(0);
    expect(heard.errors).toEqual([]);
  });

  it("asks nothing more when closed while a poll is under way", async () => {
    const { server, clock } = world;
    const answer = deferred<Response>();
    let signal: AbortSignal | null | undefined;
    const { client, heard } = world.join(
      {},
      {
        openSocket: undefined,
        fetch: (_url, init) => {
          signal = init?.signal;
          return answer.promise;
        },
      },
    );
    await until(() => signal !== undefined);

    await client.close();
    expect(signal?.aborted).toBe(true);
    answer.resolve(Response.json({ result: { data: full(1, { beta: true }) } }));

    await quiet();
    expect(clock.waits()).toEqual([]);
    expect(server.polls).toEqual([]);
    expect(heard.statuses).toEqual(["closed"]);
    expect(heard.changes).toEqual([]);
  });

  it("[9] keeps clients of different keys apart", async () => {
    world.server.subscribed = (peer) => {
      peer.event(full(1, { who: JSON.stringify(peer.key()) }));
    };
    const one = world.join({ key: "env_1" });
    const two = world.join({ key: "env_2" });

    await Promise.all([one.client.ready(LONG), two.client.ready(LONG)]);

    expect(one.client.get("who")).toContain("env_1");
    expect(two.client.get("who")).toContain("env_2");
    await one.client.close();
    expect(two.client.get("who")).toContain("env_2");
    expect(two.heard.statuses).toEqual(["live"]);
  });

  it("[10] polls where sockets are blocked, and goes back to them later", async () => {
    const { server, clock } = world;
    server.upgrade = () => ({ status: 400 });
    server.polled = (_poll, attempt) => ({ status: 200, body: { result: { data: full(attempt, { count: attempt }) } } });
    const { client, heard } = world.join({ key: "env_7" });
    const ready = client.ready(LONG);
    for (const attempt of [1, 2]) {
      await until(() => heard.errors.length === attempt);
      clock.advance(2000);
    }

    await expect(ready).resolves.toEqual({ source: "live" });
    expect(heard.statuses).toEqual(["polling"]);
    expect(server.polls[0]).toEqual({ path: "/stream/flagsNow", key: "env_7", input: { parts: true } });
    await until(() => clock.waits()[0] === 30_000);
    clock.advance(30_000);
    await until(() => client.get("count") === 2);
    expect(server.polls[1]?.input).toEqual({ parts: true, lastEventId: "e1:1:aaaaaaaa" });
    expect(server.attempts()).toBe(3);

    server.upgrade = () => "accept";
    server.subscribed = (peer) => peer.event(full(900, { count: 900 }));
    while (heard.statuses.length === 1) {
      await until(() => clock.waits()[0] === 30_000);
      const polls = server.polls.length;
      clock.advance(30_000);
      await until(() => server.polls.length > polls || heard.statuses.length === 2);
    }
    expect(client.get("count")).toBe(900);
    expect(clock.now()).toBeGreaterThan(200_000);
    expect(heard.statuses).toEqual(["polling", "live"]);
  });

  it("polls at once where there are no sockets, and slowly when the key is refused", async () => {
    world.server.polled = () => ({ status: 401 });
    const { client, heard } = world.join({}, { openSocket: undefined });

    await expect(client.ready(LONG)).resolves.toEqual({ source: "default" });

    expect(heard.errors[0]?.code).toBe("REFUSED");
    expect(world.clock.waits()).toEqual([225_000]);
  });

  it("keeps its values when an answer to a poll is malformed", async () => {
    const { server, clock } = world;
    const bodies = [{ result: { data: full(1, { beta: true }) } }, "{", { result: { data: { type: "full" } } }];
    server.polled = (_poll, attempt) => ({ status: 200, body: bodies[attempt - 1] });
    const { client, heard } = world.join({}, { openSocket: undefined });
    await client.ready(LONG);

    for (const errors of [1, 2]) {
      clock.advance(30_000);
      await until(() => heard.errors.length === errors);
    }

    expect(heard.errors.map(({ code }) => code)).toEqual(["INVALID_MESSAGE", "INVALID_MESSAGE"]);
    expect(client.get("beta")).toBe(true);
    expect(heard.statuses).toEqual(["polling", "stale", "error"]);
  });
});
