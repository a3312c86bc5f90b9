import { SSE_PATHS } from "@halyard/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { quiet, until } from "./test/clock.ts";
import type { EventStream } from "./test/server.ts";
import { changes, createWorld, full, heartbeat, type World } from "./test/world.ts";

const LONG = { timeoutMs: 10_000_000 };

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.server.streamed = () => "accept";
  world.server.streaming = (stream) => stream.event(full(1, { beta: true, limit: 10 }));
});
afterEach(() => world[Symbol.asyncDispose]());

const stream = (): EventStream => world.server.streams.at(-1)!;

/** On a platform without sockets. */
async function joinStream() {
  const joined = world.join({}, { openSocket: undefined });
  await joined.client.ready(LONG);
  return joined;
}

/** The stream of events lives on until the moment at which a socket is tried beside it. */
async function stayUntilProbe(): Promise<void> {
  const { clock } = world;
  for (let rest = Math.max(...clock.waits()); rest > 0; rest -= 20_000) {
    stream().event(heartbeat(1));
    await until(() => clock.waits().includes(30_000));
    clock.advance(Math.min(rest, 20_000));
  }
}

describe("ways to the server", () => {
  it.each(["refuses", "keeps silent about"] as const)(
    "[10] are server-sent events where something on the way %s sockets, and sockets again later",
    async (how) => {
      const { server, clock } = world;
      server.upgrade = () => (how === "refuses" ? { status: 426 } : "hang");
      const { client, heard } = world.join({ key: "env_7" });
      const ready = client.ready(LONG);
      for (const attempt of [1, 2, 3]) {
        await until(() => server.attempts() === attempt);
        if (how === "keeps silent about") clock.advance(10_000);
        if (attempt < 3) {
          await until(() => heard.errors.length === attempt);
          clock.advance(2000);
        }
      }

      await expect(ready).resolves.toEqual({ source: "live" });
      expect(heard.statuses).toEqual(["live"]);
      expect(server.streamRequests).toEqual([{ path: SSE_PATHS.flags, key: "env_7", input: { parts: true } }]);
      expect(server.polls).toEqual([]);

      stream().end();
      await until(() => heard.statuses.at(-1) === "stale");
      clock.advance(5000);
      await until(() => server.streams.length === 2);
      expect(server.attempts()).toBe(3);
      expect(stream().input).toEqual({ parts: true, lastEventId: "e1:1:aaaaaaaa" });
      await until(() => heard.statuses.at(-1) === "live");

      server.upgrade = () => "accept";
      server.subscribed = (peer) => peer.event(changes([1, 2], { limit: 11 }));
      await stayUntilProbe();
      await until(() => client.get("limit") === 11);
      expect(server.peers[0]!.inputs).toEqual([{ parts: true, lastEventId: "e1:1:aaaaaaaa" }]);
      await until(() => !stream().isOpen());
      expect(heard.statuses).toEqual(["live", "stale", "live"]);
    },
  );

  it("keep the stream of events while the socket that is tried beside it fails", async () => {
    const { server, clock } = world;
    server.upgrade = () => ({ status: 426 });
    const { client, heard } = world.join();
    for (const failures of [1, 2]) {
      await until(() => heard.errors.length === failures);
      clock.advance(2000);
    }
    await client.ready(LONG);

    for (const attempts of [4, 5]) {
      await until(() => Math.max(...clock.waits()) > 100_000);
      await stayUntilProbe();
      await until(() => server.attempts() === attempts);
    }

    stream().event(changes([1, 2], { limit: 11 }));
    await until(() => client.get("limit") === 11);
    expect(heard.statuses).toEqual(["live"]);
    expect(server.streams).toHaveLength(1);
  });

  it.each([401, 403])("are tried slowly when the stream of events is refused with %i", async (status) => {
    world.server.streamed = () => ({ status });
    const { client, heard } = world.join({}, { openSocket: undefined });

    await expect(client.ready(LONG)).resolves.toEqual({ source: "default" });

    expect(heard.errors.map(({ code }) => code)).toEqual(["REFUSED"]);
    expect(heard.statuses).toEqual(["error"]);
    expect(world.clock.waits()).toEqual([225_000]);
  });

  it("wait as long as the server asks before the next stream of events", async () => {
    world.server.streamed = () => ({ status: 503, headers: { "Retry-After": "90" } });
    world.join({}, { openSocket: undefined });

    await until(() => world.clock.waits()[0] === 90_000);
    expect(world.server.polls).toEqual([]);
  });

  it("are polls where the stream of events is answered by something else, or not at all", async () => {
    world.server.streamed = (_request, attempt) => (attempt === 1 ? { status: 200, body: "<html>" } : "hang");
    world.server.polled = () => ({ status: 200, body: { result: { data: full(3, { beta: true }) } } });
    const first = world.join({}, { openSocket: undefined });
    await first.client.ready(LONG);
    expect(first.heard.statuses).toEqual(["polling"]);

    const second = world.join({}, { openSocket: undefined });
    await until(() => world.server.streamRequests.length === 2);
    world.clock.advance(10_000);
    await second.client.ready(LONG);

    expect(second.heard.statuses).toEqual(["polling"]);
  });
});

describe("server-sent events", () => {
  it("[13] are read right however they are cut, wrapped and ended", async () => {
    const { client } = await joinStream();
    const text = JSON.stringify(changes([1, 2], { limit: "Grüße, 世界 👋" }), undefined, 1);
    const wrapped = text
      .split("\n")
      .map((line) => `data: ${line}`)
      .join("\r\n");
    const bytes = Buffer.from(`\uFEFF: a comment\r\nid: x\r\nretry: 5\r\n${wrapped}\r\n\r\n`);

    for (const byte of bytes) {
      stream().raw(Buffer.from([byte]));
      if (byte > 127 || byte === 13) await new Promise((resolve) => setImmediate(resolve));
    }

    await until(() => client.get("limit") === "Grüße, 世界 👋");
    stream().raw(`data:${JSON.stringify(changes([2, 3], { limit: 3 }))}\r\r`);
    await until(() => client.get("limit") === 3);
    stream().raw(`event: firework\ndata: {}\n\nevent\n\ndata: ${JSON.stringify(changes([3, 4], { limit: 4 }))}\n\n`);
    await until(() => client.get("limit") === 4);
    expect(world.server.streams).toHaveLength(1);
  });

  it("[12] are never applied in part when the connection breaks inside one", async () => {
    const { client, heard } = await joinStream();

    stream().raw(`data: ${JSON.stringify(changes([1, 2], { limit: 11 }))}\n`);
    await quiet();
    stream().cut();

    await until(() => heard.errors.length === 1);
    expect(heard.errors[0]?.code).toBe("UNREACHABLE");
    expect(client.get("limit")).toBe(10);
    expect(heard.statuses).toEqual(["live", "stale"]);
  });

  it.each([
    ["malformed JSON", 'data: {"type":\n\n'],
    ["an event of another shape", 'data: {"type":"changes","to":2,"position":"e1:2:x"}\n\n'],
  ])("[14] are dropped with their connection when one is %s", async (_what, text) => {
    const { client, heard } = await joinStream();

    stream().raw(text);

    await until(() => heard.errors.length === 1);
    expect(heard.errors[0]?.code).toBe("INVALID_MESSAGE");
    expect(client.get("limit")).toBe(10);
    await until(() => !stream().isOpen());
    world.server.streaming = (next) => next.event(changes([1, 3], { limit: 13 }));
    world.clock.advance(1000);
    await until(() => client.get("limit") === 13);
  });

  it("end with the reason that the server gives", async () => {
    const { heard } = await joinStream();
    stream().raw('event: close\ndata: {"code":1012}\n\n');
    await until(() => heard.errors.length === 1);
    expect(heard.errors[0]?.code).toBe("UNREACHABLE");
    world.clock.advance(1000);
    await until(() => world.server.streams.length === 2);
    await until(() => heard.statuses.at(-1) === "live");

    stream().raw('event: close\ndata: {"code":4401}\n\n');

    await until(() => heard.errors.length === 2);
    expect(heard.errors[1]?.code).toBe("REFUSED");
    expect(world.clock.waits()).toEqual([225_000]);
  });

  it("follow the newest context and repair gaps, each by a new request", async () => {
    const { server } = world;
    server.streaming = ({ input }) => stream().event(full(1, { who: JSON.stringify(input["context"] ?? null) }));
    const { client } = await joinStream();

    await client.setContext({ targetingKey: "u_2" });
    expect(client.get("who")).toBe('{"targetingKey":"u_2"}');
    await until(() => !server.streams[0]!.isOpen());
    server.streaming = (next) => next.event(changes([1, 9], { who: "all" }));
    stream().event(changes([7, 8], { who: "gap" }));

    await until(() => client.get("who") === "all");
    expect(server.streams).toHaveLength(3);
    expect(stream().input).toEqual({ context: { targetingKey: "u_2" }, parts: true, lastEventId: "e1:1:aaaaaaaa" });
  });

  it("are given up when silent for two heartbeats", async () => {
    const { heard } = await joinStream();

    world.clock.advance(30_000);

    expect(heard.statuses).toEqual(["live", "stale"]);
    await until(() => !stream().isOpen());
  });
});
