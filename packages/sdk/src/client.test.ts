import type { FlagResult, FlagsFull } from "@halyard/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClient } from "./client.ts";
import type { ClientOptions } from "./options.ts";
import { quiet, until } from "./test/clock.ts";
import { createWorld, full, type World } from "./test/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const LONG = { timeoutMs: 10_000_000 };
const PRICING: FlagResult = {
  enabled: true,
  valueType: "json",
  value: { price: 12, label: "Pro" },
  variant: "annual",
  reason: "SPLIT",
};

function answer(flags: Readonly<Record<string, Partial<FlagResult>>>): FlagsFull {
  const results = Object.entries(flags).map(([key, result]) => [
    key,
    { ...PRICING, variant: null, reason: "DEFAULT", ...result },
  ]);
  return { type: "full", to: 812, position: "e7:812:0a1b2c3d", flags: Object.fromEntries(results) as FlagsFull["flags"] };
}

async function joinWith(flags: Readonly<Record<string, Partial<FlagResult>>>, defaults: ClientOptions["defaults"] = {}) {
  world.server.subscribed = (peer) => peer.event(answer(flags));
  const joined = world.join({ defaults });
  await joined.client.ready(LONG);
  return joined;
}

describe("reading", () => {
  it("gives the value and everything about it", async () => {
    const { client } = await joinWith({ pricing: PRICING }, { pricing: { price: 9, label: "Pro" } });

    expect(client.get("pricing")).toEqual({ price: 12, label: "Pro" });
    expect(client.details("pricing")).toEqual({
      value: { price: 12, label: "Pro" },
      variant: "annual",
      reason: "SPLIT",
      enabled: true,
      version: "e7:812",
      source: "live",
      ageMs: 0,
    });
  });

  it("answers with the coded default while a flag with a value is off", async () => {
    const { client } = await joinWith(
      { limit: { enabled: false, valueType: "number", value: 10, reason: "DISABLED" } },
      { limit: 50 },
    );

    expect(client.details("limit")).toMatchObject({ value: 50, variant: null, reason: "DISABLED", enabled: false });
    expect(client.details("limit")).not.toHaveProperty("errorCode");
  });

  it("gives false for a boolean flag that is off, whatever its default", async () => {
    const { client } = await joinWith(
      { beta: { enabled: false, valueType: "boolean", value: false, reason: "DISABLED" } },
      { beta: true },
    );

    expect(client.details("beta")).toMatchObject({ value: false, reason: "DISABLED", enabled: false });
  });

  it.each([
    ["a text for a number", "string", { value: "12", fallback: 50 }],
    ["a list for an object", "json", { value: [1], fallback: { price: 9 } }],
    ["an object for a list", "json", { value: { price: 9 }, fallback: [1] }],
    ["nothing for a text", "string", { value: null, fallback: "blue" }],
    ["a number for a boolean", "number", { value: 1, fallback: false }],
  ] as const)("[38] gives the default instead of a value of another type: %s", async (_what, valueType, { value, fallback }) => {
    const { client } = await joinWith({ flag: { valueType, value } }, { flag: fallback });

    expect(client.details("flag")).toMatchObject({ value: fallback, reason: "ERROR", errorCode: "TYPE_MISMATCH" });
  });

  it("[38] gives the default before the first values, for unknown flags, and after close, and never throws", async () => {
    const { client } = world.join({ defaults: { beta: true } });
    expect(client.details("beta")).toEqual({
      value: true,
      variant: null,
      reason: "ERROR",
      enabled: false,
      version: null,
      source: "default",
      ageMs: null,
      errorCode: "PROVIDER_NOT_READY",
    });
    world.server.subscribed = (peer) => peer.event(answer({ other: {} }));
    await client.ready(LONG);
    expect(client.details("beta")).toMatchObject({ value: true, errorCode: "FLAG_NOT_FOUND" });

    await client.close();

    expect(client.details("other")).toMatchObject({ value: undefined, errorCode: "PROVIDER_NOT_READY" });
    await client.setContext({ targetingKey: "late" });
    await client.close();
    await expect(client.ready()).resolves.toEqual({ source: "default" });
  });

  it("gives values that nobody can change for the others", async () => {
    const { client } = await joinWith({ pricing: PRICING });

    expect(() => Object.assign(client.get("pricing") as object, { price: 0 })).toThrow(TypeError);
    expect(client.get("pricing")).toEqual({ price: 12, label: "Pro" });
  });
});

describe("watching", () => {
  it("calls back only when this flag's value differs, with the value before", async () => {
    const { client } = await joinWith({ pricing: PRICING, limit: { valueType: "number", value: 1 } }, { limit: 50 });
    const seen: unknown[] = [];
    const stop = client.watch("limit", (now, before) => seen.push([now, before]));
    const peer = world.server.peers[0]!;

    peer.event({ ...answer({ limit: { valueType: "number", value: 1 } }), to: 813 });
    peer.event({ ...answer({ limit: { valueType: "number", value: 2 } }), to: 814 });
    peer.event({ ...answer({}), to: 815 });
    await until(() => client.details("limit").version === "e7:815");
    stop();
    peer.event({ ...answer({ limit: { valueType: "number", value: 3 } }), to: 816 });
    await until(() => client.get("limit") === 3);

    expect(seen).toEqual([
      [2, 1],
      [50, 2],
    ]);
  });
});

describe("changing the context", () => {
  it("sends key and attributes, and asks to remember only when told", async () => {
    world.server.subscribed = (peer) => peer.event(full(1, { beta: true }));
    const { client } = world.join({ context: { targetingKey: "u_42", plan: "pro", seats: 3, when: undefined }, remember: true });
    await client.ready(LONG);

    expect(world.server.peers[0]!.inputs).toEqual([
      { context: { targetingKey: "u_42", attributes: { plan: "pro", seats: 3 } }, remember: true, parts: true },
    ]);
  });

  it("resolves when values are those of the new context, on the same connection", async () => {
    world.server.subscribed = (peer, input) => peer.event(full(1, { who: JSON.stringify(input["context"]) }));
    const { client } = world.join({ context: { targetingKey: "u_42" } });
    await client.ready(LONG);

    await client.setContext({ targetingKey: "u_43" });

    expect(client.get("who")).toBe('{"targetingKey":"u_43"}');
    expect(world.server.attempts()).toBe(1);
  });

  it("[37] lets the latest win: a late answer to an earlier context changes nothing", async () => {
    const { server } = world;
    server.subscribed = (peer) => peer.event(full(1, { who: "u_1" }));
    const { client, heard } = world.join({ context: { targetingKey: "u_1" } });
    await client.ready(LONG);
    server.subscribed = () => {};
    const second = client.setContext({ targetingKey: "u_2" });
    const third = client.setContext({ targetingKey: "u_3" });
    const peer = server.peers[0]!;
    await until(() => peer.inputs.length === 3);

    peer.event(full(9, { who: "u_3" }), 3);
    peer.event(full(10, { who: "u_2" }), 2);

    await Promise.all([second, third]);
    await quiet();
    expect(client.get("who")).toBe("u_3");
    expect(heard.changes).toHaveLength(2);
  });

  it("[37] lets the latest win over polls, too", async () => {
    const { server, clock } = world;
    server.polled = ({ input }) => ({
      status: 200,
      body: { result: { data: full(1, { who: JSON.stringify(input["context"]) }) } },
    });
    const { client } = world.join({ context: { targetingKey: "u_1" } }, { openSocket: undefined });
    await client.ready(LONG);

    const second = client.setContext({ targetingKey: "u_2" });
    const third = client.setContext({ targetingKey: "u_3" });
    await Promise.all([second, third]);

    expect(client.get("who")).toBe('{"targetingKey":"u_3"}');
    expect(clock.waits()).toEqual([30_000]);
  });

  it("asks with the newest context after a reconnection, without the old one's position", async () => {
    const { server, clock } = world;
    server.subscribed = (peer, input) => peer.event(full(1, { who: JSON.stringify(input["context"]) }));
    const { client, heard } = world.join({ context: { targetingKey: "u_1" } });
    await client.ready(LONG);
    server.peers[0]!.close(1012);
    await until(() => heard.errors.length === 1);

    const changed = client.setContext({ targetingKey: "u_2" });
    clock.advance(1000);
    await changed;

    expect(server.peers[1]!.inputs).toEqual([{ context: { targetingKey: "u_2" }, parts: true }]);
  });

  it("tells of a context that is none and keeps the old one", async () => {
    const { client, heard } = await joinWith({});

    await client.setContext("u_42" as never);

    expect(heard.errors.map(({ code }) => code)).toEqual(["INVALID_CONTEXT"]);
  });
});

describe("options", () => {
  it.each([
    ["no options", undefined, '"options" must be an object, but is undefined.'],
    ["no url", { key: "k" }, '"url" must be an http or https address, but is undefined.'],
    ["a ws url", { url: "ws://localhost", key: "k" }, 'but is "ws://localhost".'],
    ["no key", { url: "http://localhost" }, '"key" must be an environment key or a function, but is undefined.'],
    ["an empty key", { url: "http://localhost", key: "" }, '"key" must be an environment key or a function, but is "".'],
    ["a hasty interval", { url: "http://localhost", key: "k", pollIntervalMs: 10 }, "at least 1000, but is 10."],
    ["a list of defaults", { url: "http://localhost", key: "k", defaults: [1] }, "but is [1]."],
    ["a context that is a text", { url: "http://localhost", key: "k", context: "u_42" }, 'but is "u_42".'],
    ["remember as a text", { url: "http://localhost", key: "k", remember: "yes" }, 'but is "yes".'],
    ["a bootstrap without flags", { url: "http://localhost", key: "k", bootstrap: { to: 1 } }, 'but is {"to":1}.'],
  ])("are refused with the value received: %s", (_what, options, message) => {
    expect(() => createClient(options as never)).toThrow(TypeError);
    expect(() => createClient(options as never)).toThrow(message);
  });
});
