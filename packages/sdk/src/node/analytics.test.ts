import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Clock, createClock, quiet, until } from "../test/clock.ts";
import { deltaEvent, flag, limit, snapshot, snapshotEvent } from "../test/environment.ts";
import { type FaultServer, startFaultServer } from "../test/server.ts";
import { listen, partsOf } from "../test/world.ts";
import { createServerClient, type ServerClient } from "./server-client.ts";

let server: FaultServer;
let clock: Clock;
let client: ServerClient | undefined;
beforeEach(async () => {
  server = await startFaultServer();
  clock = createClock();
  server.subscribed = (peer) => peer.event(snapshotEvent(1, snapshot([flag(1, "beta"), limit(2, 10)])));
  server.polled = () => ({ status: 204 });
});
afterEach(async () => {
  await client?.close();
  await server[Symbol.asyncDispose]();
});

async function joinLive() {
  client = createServerClient({ url: server.url, key: "ser_1" }, partsOf(clock, new Map()));
  await client.ready({ timeoutMs: 10_000_000 });
  return { client, heard: listen(client), view: client.for({ targetingKey: "u_1" }), peer: server.peers[0]! };
}

const reports = () => server.polls.filter(({ path }) => path === "/api/v2/analytics/flags/").map(({ input }) => input);
const countsOf = (index: number) => reports()[index]?.["evaluations"];

describe("counting reads", () => {
  it("[40] tells how often each flag was read, by state, variant and version, unknown flags too, and not by whom", async () => {
    const { client: reader, view, peer } = await joinLive();
    clock.advance(3000);
    peer.event(deltaEvent([1, 2], { flags: { upserted: [limit(2, 20)], removed: [] } }));
    await until(() => reader.for({}).version === "e1:2");
    view.get("beta");
    view.get("beta");
    view.get("limit");
    reader.for({}).get("limit");
    view.get("absent");
    view.get("x".repeat(201));

    clock.advance(10_000);

    await until(() => reports().length === 1);
    const start = 1_800_000_000_000;
    expect(server.polls[0]?.key).toBe("ser_1");
    expect(reports()[0]).toMatchObject({ id: expect.any(String) as string, from: start, to: start + 13_000 });
    expect(countsOf(0)).toEqual([
      { feature_name: "beta", enabled_when_evaluated: true, count: 2, version: "e1:1" },
      { feature_name: "limit", enabled_when_evaluated: true, count: 1, version: "e1:1" },
      { feature_name: "limit", enabled_when_evaluated: true, count: 1, version: "e1:2" },
      { feature_name: "absent", enabled_when_evaluated: false, count: 1, version: "e1:1" },
    ]);
    expect(JSON.stringify(server.polls)).not.toContain("u_1");

    await until(() => !clock.waits().includes(2000));
    view.get("beta");
    clock.advance(10_000);
    await until(() => reports().length === 2);
    expect(countsOf(1)).toEqual([{ feature_name: "beta", enabled_when_evaluated: true, count: 1, version: "e1:1" }]);
    expect(reports()[1]).toMatchObject({ from: start + 13_000, to: start + 23_000 });
  });

  it("[39] counts so many things and no more, and still tells of those", async () => {
    const { view } = await joinLive();
    for (let i = 0; i < 10_050; i++) view.get(`flag-${i}`);
    view.get("flag-0");

    clock.advance(10_000);

    await until(() => reports().length === 1);
    expect(countsOf(0)).toHaveLength(10_000);
    expect(countsOf(0)).toMatchObject({ 0: { feature_name: "flag-0", count: 2 } });
  });

  it("[39] sends a report that failed once more, as the same report, and then counts on", async () => {
    server.polled = (_poll, attempt) => ({ status: attempt <= 2 ? 503 : 204 });
    const { view, heard } = await joinLive();
    view.get("beta");
    clock.advance(10_000);
    await until(() => clock.waits().includes(1000));
    clock.advance(1000);
    await until(() => heard.errors.length === 1);
    expect(reports()).toHaveLength(2);
    expect(reports()[1]).toEqual(reports()[0]);

    view.get("beta");
    clock.advance(10_000);

    await until(() => reports().length === 3);
    expect(countsOf(2)).toMatchObject([{ feature_name: "beta", count: 2 }]);
    expect(reports()[2]?.["id"]).not.toBe(reports()[0]?.["id"]);
    expect(heard.errors.map(({ code }) => code)).toEqual(["ANALYTICS"]);
  });

  it("[39] stops when the key is refused", async () => {
    server.polled = () => ({ status: 401 });
    const { client: reader, view, heard } = await joinLive();
    view.get("beta");
    clock.advance(10_000);
    await until(() => heard.errors.length === 1);

    view.get("beta");
    clock.advance(60_000);
    await reader.close();

    expect(reports()).toHaveLength(1);
  });

  it("[39] delivers on close what is left, also what waits for its second attempt", async () => {
    server.polled = (_poll, attempt) => ({ status: attempt === 1 ? 503 : 204 });
    const { client: reader, view } = await joinLive();
    view.get("beta");
    clock.advance(10_000);
    await until(() => clock.waits().includes(1000));
    view.get("limit");

    await reader.close();

    expect(reports()[1]).toEqual(reports()[0]);
    expect(countsOf(2)).toMatchObject([{ feature_name: "limit", count: 1 }]);
    expect(clock.waits()).toEqual([]);
  });

  it("[39] gives up on close after two seconds where nobody answers", async () => {
    server.polled = () => ({ status: 204, isHanging: true });
    const { client: reader, view } = await joinLive();
    view.get("beta");
    let isClosed = false;
    const closing = reader.close().then(() => {
      isClosed = true;
    });
    await until(() => reports().length === 1);
    clock.advance(1999);
    await quiet();
    expect(isClosed).toBe(false);

    clock.advance(1);

    await closing;
    await until(() => clock.waits().length === 0);
  });
});
