import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Clock, createClock, until } from "../test/clock.ts";
import { deltaEvent, flag, limit, patternSegment, segment, segmentOf, snapshot, snapshotEvent } from "../test/environment.ts";
import { type FaultServer, startFaultServer } from "../test/server.ts";
import { heartbeat, listen, partsOf } from "../test/world.ts";
import { createServerClient, type ServerClient, type ServerClientOptions } from "./server-client.ts";

let server: FaultServer;
let clock: Clock;
let folder: string;
const clients: ServerClient[] = [];

beforeEach(async () => {
  server = await startFaultServer();
  clock = createClock();
  folder = mkdtempSync(join(tmpdir(), "halyard-sdk-"));
  server.subscribed = (peer) => peer.event(snapshotEvent(1, snapshot([flag(1, "beta"), limit(2, 10)])));
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const LONG = { timeoutMs: 10_000_000 };

function connect(options: Partial<ServerClientOptions> = {}) {
  const client = createServerClient({ url: server.url, key: "ser_1", analytics: false, ...options }, partsOf(clock, new Map()));
  clients.push(client);
  return { client, heard: listen(client) };
}

async function joinLive(options: Partial<ServerClientOptions> = {}) {
  const joined = connect(options);
  await joined.client.ready(LONG);
  return { ...joined, peer: server.peers.at(-1)! };
}

describe("deciding locally", () => {
  it("gives each context its own answer, from one environment", async () => {
    const override = { id: 1, segmentId: 7, priority: 0, enabled: true, value: 99, variants: [], seed: "9" };
    const personal = { id: 1, flagId: 2, enabled: true, value: 1, variants: [], seed: "1" };
    server.subscribed = (peer) =>
      peer.event(
        snapshotEvent(4, snapshot([limit(2, 10, { overrides: [override] })], [segment(7, "plan", "pro")]), {
          identityOverrides: [{ identifier: "u_1", overrides: [personal] }],
        }),
      );
    const { client } = await joinLive();

    expect(client.for({}).get("limit")).toBe(10);
    expect(client.for({ targetingKey: "u_2", plan: "pro" }).get("limit")).toBe(99);
    expect(client.for({ targetingKey: "u_1", plan: "pro" }).get("limit")).toBe(1);
    expect(client.for({ plan: "pro" }).details("limit")).toEqual({
      value: 99,
      variant: null,
      reason: "TARGETING_MATCH",
      enabled: true,
      version: "e1:4",
      source: "live",
      ageMs: 0,
    });
  });

  it("decides by lists of the context, by the time, and by lists whose edits arrive alone", async () => {
    const override = (segmentId: number, value: number) => {
      return { id: segmentId, segmentId, priority: segmentId, enabled: true, value, variants: [], seed: "9" };
    };
    const groups = segmentOf(1, { operator: "IN", property: "groups", value: ["beta"], elements: "any" }, 3);
    const trial = segmentOf(2, { operator: "AFTER", property: "trialEnds", value: "$.now" });
    const flags = [limit(2, 10, { overrides: [override(1, 20), override(2, 30)] })];
    server.subscribed = (peer) => peer.event(snapshotEvent(1, snapshot(flags, [groups, trial])));
    const { client, peer } = await joinLive();
    const limits = () => [["x", "beta"], ["gamma"]].map((list) => client.for({ groups: list }).get("limit"));

    expect(limits()).toEqual([20, 10]);
    expect(client.for({ trialEnds: "9999-01-01" }).get("limit")).toBe(30);
    expect(client.for({ trialEnds: "2020-01-01" }).get("limit")).toBe(10);

    const lists = [{ path: [0, 0], added: ["gamma"], removed: ["beta"] }];
    peer.event(deltaEvent([1, 2], { segmentLists: [{ segmentId: 1, from: 3, to: 4, lists }] }));

    await until(() => client.for({}).version === "e1:2");
    expect(limits()).toEqual([10, 20]);
  });

  it("keeps a view at its version while the environment moves on", async () => {
    const { client, peer, heard } = await joinLive();
    const view = client.for({});

    peer.event(deltaEvent([1, 2], { flags: { upserted: [limit(2, 20)], removed: [1] } }));

    await until(() => client.for({}).version === "e1:2");
    expect(view.get("limit")).toBe(10);
    expect(view.get("beta")).toBe(true);
    expect(client.for({}).get("limit")).toBe(20);
    expect(client.for({}).details("beta").errorCode).toBe("FLAG_NOT_FOUND");
    expect(heard.changes.at(-1)).toEqual({ keys: ["beta", "limit"], version: "e1:2" });
  });

  it("gives off, missing and wrong types the coded default", async () => {
    server.subscribed = (peer) =>
      peer.event(
        snapshotEvent(1, snapshot([limit(2, 10, { enabled: false }), flag(3, "name", { valueType: "string", value: "x" })])),
      );
    const { client } = await joinLive({ defaults: { limit: 50, name: 1, absent: "here" } });
    const view = client.for({});

    expect(view.details("limit")).toMatchObject({ value: 50, reason: "DISABLED" });
    expect(view.details("name")).toMatchObject({ value: 1, errorCode: "TYPE_MISMATCH" });
    expect(view.details("absent")).toMatchObject({ value: "here", errorCode: "FLAG_NOT_FOUND" });
  });

  it("[23] applies a change of flag and segment in one step", async () => {
    const { client, peer } = await joinLive();
    const seen: unknown[] = [];
    client.on("change", ({ keys }) => seen.push([keys, client.for({ plan: "pro" }).get("limit")]));
    const override = { id: 1, segmentId: 7, priority: 0, enabled: true, value: 99, variants: [], seed: "9" };

    peer.event(
      deltaEvent([1, 2], {
        flags: { upserted: [limit(2, 10, { overrides: [override] })], removed: [] },
        segments: { upserted: [segment(7, "plan", "pro")], removed: [] },
      }),
    );
    peer.event(deltaEvent([2, 3], { segments: { upserted: [segment(7, "plan", "team")], removed: [] } }));

    await until(() => seen.length === 2);
    expect(seen).toEqual([
      [["limit"], 99],
      [["limit"], 10],
    ]);
  });

  it("tells which flags an identity's overrides change, also when they go", async () => {
    const { peer, heard } = await joinLive();
    const overrides = [{ id: 1, flagId: 2, enabled: true, value: 1, variants: [], seed: "1" }];

    peer.event(deltaEvent([1, 2], { identityOverrides: [{ identifier: "u_1", overrides }] }));
    peer.event(deltaEvent([2, 3], { identityOverrides: [{ identifier: "u_1", overrides: [] }] }));

    await until(() => heard.changes.length === 3);
    expect(heard.changes.slice(1).map(({ keys }) => keys)).toEqual([["limit"], ["limit"]]);
  });

  it("lets patterns decide from the first answer on, and from the first pattern that comes later", async () => {
    const override = { id: 1, segmentId: 7, priority: 0, enabled: true, value: 99, variants: [], seed: "9" };
    const flags = [limit(2, 10, { overrides: [override] })];
    server.subscribed = (peer) => peer.event(snapshotEvent(1, snapshot(flags, [patternSegment(7, "mail", ".*@acme[.]io")])));
    const first = await joinLive();
    expect(first.client.for({ mail: "a@acme.io" }).get("limit")).toBe(99);
    expect(first.client.for({ mail: "a@example.org" }).get("limit")).toBe(10);

    server.subscribed = (peer) => peer.event(snapshotEvent(1, snapshot(flags, [segment(7, "mail", "nobody")])));
    const second = await joinLive();
    second.peer.event(deltaEvent([1, 2], { segments: { upserted: [patternSegment(7, "mail", ".*@acme[.]io")], removed: [] } }));
    second.peer.event(deltaEvent([2, 3], { flags: { upserted: [flag(3, "later")], removed: [] } }));

    await until(() => second.client.for({}).version === "e1:3");
    expect(second.client.for({ mail: "a@acme.io" }).get("limit")).toBe(99);
    expect(second.heard.errors).toEqual([]);
  });

  it.each([
    ["a snapshot of another shape", { ...snapshotEvent(2, snapshot([])), snapshot: { flags: 7 } }],
    ["a flag of another shape", snapshotEvent(2, snapshot([{ ...flag(1, "beta"), enabled: "yes" } as never]))],
    ["no identity overrides", { ...snapshotEvent(2, snapshot([])), identityOverrides: undefined }],
    ["a delta of another shape", { ...deltaEvent([1, 2], {}), delta: { flags: { upserted: [{ id: 2 }], removed: [] } } }],
  ])("keeps the old environment when the server sends %s", async (_what, event) => {
    const { client, peer, heard } = await joinLive();

    peer.event(event);

    await until(() => heard.errors.length === 1);
    expect(heard.errors[0]?.code).toBe("INVALID_MESSAGE");
    expect(client.for({}).get("limit")).toBe(10);
    expect(client.for({}).version).toBe("e1:1");
  });

  it("accepts a lower version of another epoch, ignores it in the same one, and repairs gaps", async () => {
    const { client, peer } = await joinLive();
    peer.event(snapshotEvent(0, snapshot([limit(2, 0)])));
    server.subscribed = (next) => next.event(deltaEvent([1, 6], { flags: { upserted: [limit(2, 60)], removed: [] } }));
    peer.event(deltaEvent([4, 5], { flags: { upserted: [limit(2, 50)], removed: [] } }));
    await until(() => client.for({}).get("limit") === 60);
    expect(peer.inputs.at(-1)).toEqual({ parts: true, lastEventId: "e1:1:aaaaaaaa" });

    peer.event(snapshotEvent(2, snapshot([limit(2, 2)]), { epoch: "e2" }));

    await until(() => client.for({}).version === "e2:2");
    expect(client.for({}).get("limit")).toBe(2);
  });

  it("gives the defaults before the first environment and after close", async () => {
    const { client } = connect({ defaults: { limit: 50 } });
    expect(client.for({}).details("limit")).toMatchObject({ value: 50, errorCode: "PROVIDER_NOT_READY", source: "default" });
    await client.ready(LONG);
    const view = client.for({});

    await client.close();

    expect(view.get("limit")).toBe(10);
    expect(client.for({}).details("limit")).toMatchObject({ value: 50, errorCode: "PROVIDER_NOT_READY" });
    expect(clock.waits()).toEqual([]);
  });
});

describe("requests", () => {
  it("have their own view wherever they are, and keep it across waiting", async () => {
    const { client, peer } = await joinLive();

    const values = await Promise.all(
      ["a", "b"].map((targetingKey) =>
        client.run({ targetingKey }, async () => {
          peer.event(deltaEvent([1, 2], { flags: { upserted: [limit(2, 20)], removed: [] } }));
          await until(() => client.for({}).version === "e1:2");
          return client.current().get("limit");
        }),
      ),
    );

    expect(values).toEqual([10, 10]);
    expect(client.current().get("limit")).toBe(20);
  });

  it("can wait for a version that they wrote", async () => {
    const { client, peer } = await joinLive();
    const written = client.waitFor("e1:3", LONG);
    const late = client.waitFor("e1:9", { timeoutMs: 1000 });
    const closing = client.waitFor("e1:9", LONG);

    peer.event(deltaEvent([1, 3], {}));

    await expect(written).resolves.toBe(true);
    await expect(client.waitFor("e1:2")).resolves.toBe(true);
    clock.advance(1000);
    await expect(late).resolves.toBe(false);
    await client.close();
    await expect(closing).resolves.toBe(false);
  });

  it("can hand values to a page, without rules and safe in its HTML", async () => {
    server.subscribed = (peer) =>
      peer.event(snapshotEvent(3, snapshot([flag(1, "beta"), flag(2, "text", { valueType: "string", value: "</script>" })])));
    const { client } = await joinLive();

    const boot = client.for({}).dehydrate(["beta", "text", "absent"]);

    expect(boot).toMatchObject({ to: 3, position: "e1:3:aaaaaaaa" });
    expect(Object.keys(boot!.flags)).toEqual(["beta", "text"]);
    expect(boot!.toHTML()).not.toContain("<");
    expect(JSON.parse(boot!.toHTML())).toEqual({ to: 3, position: "e1:3:aaaaaaaa", flags: boot!.flags });
  });
});

describe("the folder for the next start", () => {
  it("serves the last environment while the server is away, and continues from it", async () => {
    const first = await joinLive({ cacheDir: folder });
    first.peer.event(deltaEvent([1, 2], { flags: { upserted: [limit(2, 20)], removed: [] } }));
    await until(() => first.client.for({}).version === "e1:2");
    await first.client.close();
    clock.advance(60_000);
    server.upgrade = (attempt) => (attempt === 2 ? { status: 503 } : "accept");
    server.subscribed = (peer) => peer.event(deltaEvent([2, 3], { flags: { upserted: [limit(2, 30)], removed: [] } }));

    const { client, heard } = connect({ cacheDir: folder });

    expect(client.for({}).details("limit")).toMatchObject({ value: 20, source: "disk", ageMs: 60_000, version: "e1:2" });
    await until(() => heard.errors.length === 1);
    expect(heard.statuses).toEqual(["stale"]);
    clock.advance(1000);
    await until(() => client.for({}).get("limit") === 30);
    expect(server.peers.at(-1)!.inputs).toEqual([{ parts: true, lastEventId: "e1:2:aaaaaaaa" }]);
  });

  it("writes whole files that only the owner reads, named without the key", async () => {
    const { client } = await joinLive({ cacheDir: folder });
    clock.advance(1000);
    await until(() => readdirSync(folder).some((name) => name.endsWith(".json")));
    await client.close();

    const [name = ""] = readdirSync(folder);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(name + readFileSync(join(folder, name), "utf8")).not.toContain("ser_1");
  });

  it("starts without it when it is damaged, and tells when nothing can be written", async () => {
    const first = await joinLive({ cacheDir: folder });
    await first.client.close();
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '{"savedAt":1,"event":{"type":"snapshot"}}');

    const second = await joinLive({ cacheDir: folder });
    expect(second.client.for({}).get("limit")).toBe(10);

    writeFileSync(join(folder, "file"), "");
    const third = await joinLive({ cacheDir: join(folder, "file", "below") });
    await until(() => clock.waits().includes(1000));
    clock.advance(1000);
    await until(() => third.heard.errors.length === 1);
    expect(third.heard.errors[0]?.code).toBe("CACHE");
  });
});

describe("liveness", () => {
  it("stays live on heartbeats and asks for what they say is missing", async () => {
    const { client, peer, heard } = await joinLive();
    clock.advance(20_000);
    peer.event(heartbeat(1));
    await until(() => client.for({}).details("beta").ageMs === 0);
    clock.advance(20_000);
    expect(heard.statuses).toEqual(["live"]);

    peer.event(heartbeat(2));

    await until(() => peer.inputs.length === 2);
    expect(peer.inputs[1]).toEqual({ parts: true, lastEventId: "e1:1:aaaaaaaa" });
  });

  it("polls the same environment where sockets are blocked", async () => {
    server.upgrade = () => ({ status: 400 });
    server.polled = () => ({ status: 200, body: { result: { data: snapshotEvent(1, snapshot([limit(2, 10)])) } } });
    const { client, heard } = connect();
    for (const attempt of [1, 2]) {
      await until(() => heard.errors.length === attempt);
      clock.advance(2000);
    }

    await client.ready(LONG);

    expect(client.for({}).get("limit")).toBe(10);
    expect(server.polls[0]).toEqual({ path: "/stream/environmentNow", key: "ser_1", input: { parts: true } });
    expect(heard.statuses).toEqual(["polling"]);
  });
});

describe("what cannot be decided", () => {
  it("[38] gives the coded default, without a fault in the program: prerequisites in a circle, a broken pattern", async () => {
    const needs = (flagId: number) => ({ prerequisites: [{ flagId, enabled: true }] });
    const override = { id: 1, segmentId: 7, priority: 0, enabled: true, value: 99, variants: [], seed: "9" };
    server.subscribed = (peer) =>
      peer.event(
        snapshotEvent(
          1,
          snapshot(
            [
              flag(1, "a", { valueType: "number", value: 1, ...needs(2) }),
              flag(3, "b", { valueType: "number", value: 1, ...needs(1) }),
              limit(2, 10, { overrides: [override], ...needs(3) }),
            ],
            [patternSegment(7, "mail", "(")],
          ),
        ),
      );
    const { client, heard } = await joinLive({ defaults: { a: 7, b: 8, limit: 9 } });

    expect([client.for({ mail: "x" }).get("a"), client.for({ mail: "x" }).get("b")]).toEqual([7, 8]);
    expect(client.for({ mail: "x" }).get("limit")).not.toBe(99);
    expect(heard.errors).toEqual([]);
  });
});

describe("options", () => {
  it.each([
    ["a cache folder that is no text", { cacheDir: 7 }, '"cacheDir" must be a folder, but is 7.'],
    [
      "a cache folder with a changing key",
      { cacheDir: "x", key: () => "k" },
      '"key" must be a text where `cacheDir` is given, but is a function.',
    ],
    ["analytics as a text", { analytics: "no" }, '"analytics" must be true or false, but is "no".'],
  ])("are refused with the value received: %s", (_what, options, message) => {
    expect(() => createServerClient({ url: "http://localhost", key: "k", ...options } as never)).toThrow(message);
  });
});
