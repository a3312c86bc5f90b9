import type { EnvironmentEvent, FlagsEvent } from "@halyard/contracts";
import type { Database } from "@halyard/db";
import { openTestDatabase } from "@halyard/db/testing";
import { createTRPCClient, createWSClient, httpLink, type TRPCClient, type TRPCClientError, wsLink } from "@trpc/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { Delivery } from "../../features/delivery/index.ts";
import { createGarden, type Garden } from "../../features/delivery/testing/garden.ts";
import type { SdkRouter } from "./index.ts";
import { openDoor } from "./testing/doors.ts";

let database: Database;
let garden: Garden;
let node: Delivery;
let door: Awaited<ReturnType<typeof openDoor>>;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  garden = await createGarden(database);
  node = garden.createNode();
  door = await openDoor(node);
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await door.close();
  await garden.close();
  vi.useRealTimers();
});
afterAll(() => database.close());

/** The stock client of tRPC, and its socket to pull the plug of. */
function connect(key: string) {
  const sockets: WebSocket[] = [];
  class Socket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  }
  const socket = createWSClient({
    url: `${door.url.replace("http", "ws")}/stream`,
    connectionParams: { key },
    // Node 20 has none of its own; the one of `ws` is of the same shape.
    WebSocket: Socket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 20,
  });
  closing.push(() => socket.close());
  return { client: createTRPCClient<SdkRouter>({ links: [wsLink<SdkRouter>({ client: socket })] }), sockets };
}

interface Heard<T> {
  readonly events: T[];
  readonly ids: string[];
  readonly errors: TRPCClientError<SdkRouter>[];
  stop(): void;
}

function listen<T extends EnvironmentEvent | FlagsEvent>(
  start: (handlers: {
    onData: (message: { id: string; data: T }) => void;
    onError: (error: TRPCClientError<SdkRouter>) => void;
  }) => { unsubscribe(): void },
): Heard<T> {
  const heard = { events: [] as T[], ids: [] as string[], errors: [] as TRPCClientError<SdkRouter>[] };
  const subscription = start({
    onData: ({ id, data }) => {
      heard.ids.push(id);
      heard.events.push(data);
    },
    onError: (error) => heard.errors.push(error),
  });
  const stop = () => subscription.unsubscribe();
  closing.push(stop);
  return { ...heard, stop };
}

type Client = TRPCClient<SdkRouter>;
const onEnvironment = (client: Client, input: Parameters<Client["environment"]["subscribe"]>[0] = {}) =>
  listen<EnvironmentEvent>((handlers) => client.environment.subscribe(input, handlers));
const onFlags = (client: Client, input: Parameters<Client["flags"]["subscribe"]>[0] = {}) =>
  listen<FlagsEvent>((handlers) => client.flags.subscribe(input, handlers));

const until = (check: () => void | Promise<void>, timeout = 5_000) => vi.waitFor(check, { timeout, interval: 10 });
const types = ({ events }: Heard<EnvironmentEvent | FlagsEvent>) => events.map((event) => event.type);

describe("environment", () => {
  it("sends a snapshot, then each change as a delta, every event under its position", async () => {
    const id = await garden.addFlag(node, { key: "checkout" });
    const { client } = connect(await garden.addKey(node, "server"));
    const heard = onEnvironment(client);
    await until(() => expect(types(heard)).toEqual(["snapshot"]));

    const version = await garden.setFlag(node, id, { enabled: true });

    await until(() => expect(types(heard)).toEqual(["snapshot", "delta"]));
    expect(heard.events[1]).toMatchObject({
      from: version - 1,
      to: version,
      delta: { flags: { upserted: [{ key: "checkout", enabled: true }], removed: [] } },
    });
    expect(heard.ids).toEqual(heard.events.map((event) => event.position));
  });

  it("resumes after a dropped connection with only what was missed", async () => {
    const id = await garden.addFlag(node, { key: "checkout" });
    const other = await garden.addFlag(node, { key: "search" });
    const { client, sockets } = connect(await garden.addKey(node, "server"));
    const heard = onEnvironment(client);
    await until(() => expect(types(heard)).toEqual(["snapshot"]));

    sockets[0]!.terminate();
    await garden.setFlag(node, id, { enabled: true });
    const version = await garden.setFlag(node, other, { enabled: true });

    await until(() => expect(heard.events.at(-1)?.to).toBe(version));
    expect(sockets.length).toBeGreaterThan(1);
    expect(types(heard).filter((type) => type === "snapshot")).toHaveLength(1);
    const changed = heard.events.flatMap((it) => (it.type === "delta" ? it.delta.flags?.upserted.map((flag) => flag.key) : []));
    expect(changed.sort()).toEqual(["checkout", "search"]);
    let mine = heard.events[0]!.to;
    for (const event of heard.events) {
      if (event.type !== "delta") continue;
      expect(event.from).toBeLessThanOrEqual(mine);
      mine = event.to;
    }
  });

  it("tells a client that missed nothing so, at once", async () => {
    const { client, sockets } = connect(await garden.addKey(node, "server"));
    const heard = onEnvironment(client);
    await until(() => expect(types(heard)).toEqual(["snapshot"]));

    sockets[0]!.terminate();

    await until(() => expect(types(heard)).toEqual(["snapshot", "heartbeat"]));
    expect(heard.events[1]).toMatchObject({ to: heard.events[0]!.to, position: heard.events[0]!.position });
  });

  it("leaves identity overrides out where the client asks for that", async () => {
    const id = await garden.addFlag(node, { key: "checkout" });
    await node.identities.write(garden.environment.id, "ada", { plan: "pro" });
    await garden.overrideForIdentity(node, { flagId: id, identifier: "ada", enabled: true });
    const { client } = connect(await garden.addKey(node, "server"));
    const [all, without] = [onEnvironment(client), onEnvironment(client, { overrides: false })];
    await until(() => expect([types(all), types(without)]).toEqual([["snapshot"], ["snapshot"]]));

    await node.identities.write(garden.environment.id, "bob", { plan: "pro" });
    await garden.overrideForIdentity(node, { flagId: id, identifier: "bob", enabled: true });

    await until(() => expect([types(all), types(without)].map((it) => it.length)).toEqual([2, 2]));
    expect(all.events[0]).toMatchObject({ identityOverrides: [{ identifier: "ada" }] });
    expect(all.events[1]).toMatchObject({ delta: { identityOverrides: [{ identifier: "bob" }] } });
    expect(JSON.stringify(without.events)).not.toMatch(/"ada"|"bob"/);
  });

  it("is for server keys: a client-side key is told so, and its other subscriptions go on", async () => {
    await garden.addFlag(node, { key: "checkout" });
    const { client } = connect(await garden.addKey(node, "client"));
    const [refused, flags] = [onEnvironment(client), onFlags(client)];

    await until(() => expect(refused.errors).toHaveLength(1));
    expect(refused.errors[0]?.data?.code).toBe("FORBIDDEN");
    expect(refused.errors[0]?.message).toMatch(/server key/);
    await until(() => expect(types(flags)).toEqual(["full"]));
    expect(refused.events).toEqual([]);
  });

  it("takes a client of a lost history down to the lower version through an epoch of its own", async () => {
    await garden.addFlag(node, { key: "checkout" });
    const key = await garden.addKey(node, "server");
    const { epoch, version, position } = (await node.environment(garden.environment.id)).current();
    const { client } = connect(key);

    const heard = onEnvironment(client, { lastEventId: `${epoch}:${version + 50}:0123abcd` });

    await until(() => expect(types(heard)).toEqual(["snapshot", "snapshot"]));
    expect(heard.events[0]?.position.split(":")[0]).not.toBe(epoch);
    expect(heard.events[1]).toMatchObject({ position, to: version });
  });
});

describe("flags", () => {
  it("sends one context's results to a client-side key, without server-only flags, rules or segments", async () => {
    await garden.addFlag(node, { key: "checkout", enabled: true });
    await garden.addFlag(node, { key: "secret", enabled: true, serverOnly: true });
    const pricing = await garden.addFlag(node, { key: "pricing", valueType: "string", value: "old" });
    const segmentId = await garden.addSegment(node, "whales", [
      { type: "ALL", conditions: [{ operator: "EQUAL", property: "plan", value: "pro" }], rules: [] },
    ]);
    await garden.overrideForSegment(node, { flagId: pricing, segmentId, enabled: true });
    const { client } = connect(await garden.addKey(node, "client"));

    const heard = onFlags(client, { context: { targetingKey: "ada", attributes: { plan: "pro" } } });

    await until(() => expect(types(heard)).toEqual(["full"]));
    expect(heard.events[0]).toMatchObject({
      flags: {
        checkout: { enabled: true, valueType: "boolean", value: true },
        pricing: { enabled: true, reason: "TARGETING_MATCH" },
      },
    });
    expect(JSON.stringify(heard.events)).not.toMatch(/secret|whales/);
    const forServers = onFlags(connect(await garden.addKey(node, "server")).client);
    await until(() => expect(JSON.stringify(forServers.events)).toMatch(/secret/));
  });

  it("sends only what changes for this context, from the version it was last told", async () => {
    const checkout = await garden.addFlag(node, { key: "checkout" });
    const secret = await garden.addFlag(node, { key: "secret", serverOnly: true });
    const { client } = connect(await garden.addKey(node, "client"));
    const heard = onFlags(client, { context: { targetingKey: "ada" } });
    await until(() => expect(types(heard)).toEqual(["full"]));
    const told = heard.events[0]!.to;

    await garden.setFlag(node, secret, { enabled: true });
    await garden.addKey(node, "client");
    const to = await garden.setFlag(node, checkout, { enabled: true });

    await until(() => expect(types(heard)).toEqual(["full", "changes"]));
    expect(heard.events[1]).toMatchObject({ from: told, to, changed: { checkout: { enabled: true } }, removed: [] });
    expect(Object.keys((heard.events[1] as { changed: object }).changed)).toEqual(["checkout"]);
  });

  it("is quiet about changes that do not concern the context, and its heartbeat still moves on", async () => {
    const checkout = await garden.addFlag(node, { key: "checkout" });
    await node.identities.write(garden.environment.id, "bob", { plan: "pro" });
    const key = await garden.addKey(node, "client");
    await door.close();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    door = await openDoor(node);
    const { client } = connect(key);
    const heard = onFlags(client, { context: { targetingKey: "ada" } });
    await until(() => expect(types(heard)).toEqual(["full"]));

    await garden.overrideForIdentity(node, { flagId: checkout, identifier: "bob", enabled: true });
    const { version } = (await node.environment(garden.environment.id)).current();
    vi.advanceTimersByTime(15_000);

    await until(() => expect(types(heard)).toEqual(["full", "heartbeat"]));
    expect(heard.events[1]!.to).toBe(version);
    expect(version).toBeGreaterThan(heard.events[0]!.to);
  });

  it("says with a heartbeat what the time alone has decided anew", async () => {
    const trial = await garden.addFlag(node, { key: "trial-over" });
    const rules = [{ type: "ALL", conditions: [{ operator: "BEFORE", property: "ends", value: "$.now" }], rules: [] }] as const;
    const segment = await garden.addSegment(node, "over", rules);
    await garden.overrideForSegment(node, { flagId: trial, segmentId: segment, enabled: true });
    const key = await garden.addKey(node, "client");
    await door.close();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    door = await openDoor(node);
    const { client } = connect(key);
    const heard = onFlags(client, { context: { attributes: { ends: Date.now() + 10_000 } } });
    await until(() => expect(types(heard)).toEqual(["full"]));

    vi.advanceTimersByTime(15_000);

    await until(() => expect(heard.events.at(-1)).toMatchObject({ type: "full", flags: { "trial-over": { enabled: true } } }));
    expect(heard.events[0]).toMatchObject({ flags: { "trial-over": { enabled: false } } });
  });

  it("says that a flag is gone when it is hidden because it is off", async () => {
    const checkout = await garden.addFlag(node, { key: "checkout", enabled: true });
    await garden.hideDisabledFlags(node);
    const { client } = connect(await garden.addKey(node, "client"));
    const heard = onFlags(client);
    await until(() => expect(types(heard)).toEqual(["full"]));

    await garden.setFlag(node, checkout, { enabled: false });

    await until(() => expect(heard.events[1]).toMatchObject({ type: "changes", changed: {}, removed: ["checkout"] }));
  });

  it("resumes with nothing where nothing changed for it, and with everything where something did", async () => {
    const checkout = await garden.addFlag(node, { key: "checkout" });
    const { client, sockets } = connect(await garden.addKey(node, "client"));
    const heard = onFlags(client, { context: { targetingKey: "ada" } });
    await until(() => expect(types(heard)).toEqual(["full"]));

    sockets[0]!.terminate();
    await until(() => expect(heard.events[1]).toMatchObject({ type: "changes", changed: {}, removed: [] }));
    sockets[1]!.terminate();
    await garden.setFlag(node, checkout, { enabled: true });

    await until(() => expect(heard.events.at(-1)).toMatchObject({ flags: { checkout: { enabled: true } } }));
  });

  it("lays the request's attributes over stored traits, and follows traits that are written later", async () => {
    const checkout = await garden.addFlag(node, { key: "checkout" });
    const segmentId = await garden.addSegment(node, "pros", [
      { type: "ALL", conditions: [{ operator: "EQUAL", property: "plan", value: "pro" }], rules: [] },
    ]);
    await garden.overrideForSegment(node, { flagId: checkout, segmentId, enabled: true });
    await node.identities.write(garden.environment.id, "ada", { plan: "pro" });
    const { client } = connect(await garden.addKey(node, "client"));

    const stored = onFlags(client, { context: { targetingKey: "ada" } });
    const given = onFlags(client, { context: { targetingKey: "ada", attributes: { plan: "free" } } });
    await until(() => expect(stored.events[0]).toMatchObject({ flags: { checkout: { enabled: true } } }));
    await until(() => expect(given.events[0]).toMatchObject({ flags: { checkout: { enabled: false } } }));
    await node.identities.write(garden.environment.id, "ada", { plan: "free" });

    await until(() => expect(stored.events[1]).toMatchObject({ type: "full", flags: { checkout: { enabled: false } } }));
    expect(given.events).toHaveLength(1);
  });

  it("stores attributes only where the client asks to be remembered", async () => {
    const { client } = connect(await garden.addKey(node, "client"));

    const ada = onFlags(client, { context: { targetingKey: "ada", attributes: { plan: "pro" } }, remember: true });
    const bob = onFlags(client, { context: { targetingKey: "bob", attributes: { plan: "pro" } } });
    await until(() => expect([types(ada), types(bob)]).toEqual([["full"], ["full"]]));

    expect(await garden.traitsOf(garden.createNode(), "ada")).toEqual({ plan: "pro" });
    expect(await garden.traitsOf(garden.createNode(), "bob")).toEqual({});
  });

  it("stores an attribute that is a list", async () => {
    const { client } = connect(await garden.addKey(node, "client"));

    const heard = onFlags(client, { context: { targetingKey: "eve", attributes: { teams: ["shop", "web"] } }, remember: true });
    await until(() => expect(types(heard)).toEqual(["full"]));

    expect(await garden.traitsOf(garden.createNode(), "eve")).toEqual({ teams: ["shop", "web"] });
  });

  it.each([
    ["a number as targeting key", { context: { targetingKey: 7 } }, "context.targetingKey"],
    ["NUL in the targeting key", { context: { targetingKey: "a\u0000b" } }, "context.targetingKey"],
    ["an endless targeting key", { context: { targetingKey: "a".repeat(3_000) } }, "context.targetingKey"],
    ["an object as attribute", { context: { attributes: { plan: { name: "pro" } } } }, "context.attributes.plan"],
    ["a list in a list", { context: { attributes: { plan: [["pro"]] } } }, "context.attributes.plan"],
    [
      "an attribute that cannot be stored",
      { context: { targetingKey: "a", attributes: { plan: "x".repeat(3_000) } }, remember: true },
      "context.attributes.plan",
    ],
    ["a word for true", { remember: "yes" }, "remember"],
    ["a number as position", { lastEventId: 5 }, "lastEventId"],
  ])("refuses %s with the field's name", async (_, input, field) => {
    const { client } = connect(await garden.addKey(node, "client"));

    const heard = onFlags(client, input as object);

    await until(() => expect(heard.errors).toHaveLength(1));
    expect(heard.errors[0]?.data?.code).toBe("BAD_REQUEST");
    expect(heard.errors[0]?.message).toContain(`\`${field}\``);
  });

  it("ignores fields it does not know", async () => {
    const { client } = connect(await garden.addKey(node, "client"));

    const heard = onFlags(client, { context: { targetingKey: "ada", kind: "user" }, extra: 1 } as object);

    await until(() => expect(types(heard)).toEqual(["full"]));
  });
});

describe("keys", () => {
  const frames = (url: string) => {
    const socket = new WebSocket(url);
    const texts: string[] = [];
    socket.on("message", (data: Buffer) => texts.push(data.toString()));
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    closing.push(() => socket.terminate());
    return { socket, texts, closed };
  };
  const ws = () => door.url.replace("http", "ws");

  it("that are not known are told so in a frame that makes stock clients wait, then closed with 4401", async () => {
    const { socket, texts, closed } = frames(`${ws()}/stream?connectionParams=1`);
    socket.on("open", () => socket.send(JSON.stringify({ method: "connectionParams", data: { key: "env_nobody" } })));

    expect(await closed).toBe(4401);
    expect(JSON.parse(texts[0]!)).toMatchObject({ id: null, error: { data: { code: "UNAUTHORIZED" } } });
  });

  it("may come in a header", async () => {
    const key = await garden.addKey(node, "client");
    const socket = new WebSocket(`${ws()}/stream`, { headers: { "X-Environment-Key": key } });
    closing.push(() => socket.terminate());
    const texts: string[] = [];
    socket.on("message", (data: Buffer) => texts.push(data.toString()));
    socket.on("open", () => socket.send(JSON.stringify({ id: 1, method: "subscription", params: { path: "flags" } })));

    await until(() => expect(texts.join()).toContain('"type":"full"'));
  });

  it("that are revoked cut their connections within five seconds", async () => {
    const key = await garden.addKey(node, "client");
    const { socket, texts, closed } = frames(`${ws()}/stream?connectionParams=1`);
    socket.on("open", () => {
      socket.send(JSON.stringify({ method: "connectionParams", data: { key } }));
      socket.send(JSON.stringify({ id: 1, method: "subscription", params: { path: "flags" } }));
    });
    await until(() => expect(texts.join()).toContain('"type":"full"'));
    const start = Date.now();

    await garden.revokeKey(undefined, key);

    expect(await closed).toBe(4401);
    expect(Date.now() - start).toBeLessThan(5_000);
    expect(JSON.parse(texts.at(-1)!)).toMatchObject({ id: null, error: { data: { code: "UNAUTHORIZED" } } });
  });

  it("that never come are waited for ten seconds", async () => {
    await door.close();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    door = await openDoor(node);
    const { socket, closed } = frames(`${ws()}/stream?connectionParams=1`);
    await new Promise((resolve) => socket.on("open", resolve));

    vi.advanceTimersByTime(9_000);
    expect(socket.readyState).toBe(socket.OPEN);
    vi.advanceTimersByTime(3_000);

    expect(await closed).toBe(4401);
  });

  it("frames larger than 64 KiB end the connection, not the process", async () => {
    const { socket, closed } = frames(`${ws()}/stream?connectionParams=1`);
    socket.on("open", () => socket.send("x".repeat(70_000)));

    expect(await closed).toBe(1009);
  });

  it("and rubbish is answered with an error", async () => {
    const key = await garden.addKey(node, "client");
    const { socket, texts } = frames(`${ws()}/stream?connectionParams=1`);
    socket.on("open", () => {
      socket.send(JSON.stringify({ method: "connectionParams", data: { key } }));
      for (const it of ["{", "[]", '{"id":1}', '{"id":2,"method":"query","params":{"path":"__proto__"}}', "null"])
        socket.send(it);
      socket.send(JSON.stringify({ id: 9, method: "query", params: { path: "flagsNow" } }));
    });

    await until(() => expect(texts.join()).toContain('"id":9'));
    expect(texts.find((it) => it.includes('"id":9'))).toContain('"type":"full"');
    expect(texts.join()).not.toContain("INTERNAL_SERVER_ERROR");
  });
});

describe("over HTTP", () => {
  const ask = (path: string, init: RequestInit = {}) => fetch(`${door.url}/stream/${path}`, init);
  const post = (path: string, key: string, input: object) =>
    ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Environment-Key": key },
      body: JSON.stringify(input),
    });

  it("answers a stock client's queries with one event", async () => {
    await garden.addFlag(node, { key: "checkout", enabled: true });
    const link = httpLink<SdkRouter>({
      url: `${door.url}/stream`,
      headers: { "X-Environment-Key": await garden.addKey(node, "server") },
    });
    const client = createTRPCClient<SdkRouter>({ links: [link] });

    const snapshot = await client.environmentNow.query({});
    const flags = await client.flagsNow.query({ context: { targetingKey: "ada" } });

    expect(snapshot.type).toBe("snapshot");
    expect(flags).toMatchObject({ type: "full", flags: { checkout: { enabled: true } } });
    expect(await client.environmentNow.query({ lastEventId: snapshot.position })).toMatchObject({ type: "heartbeat" });
    expect(await client.flagsNow.query({ context: { targetingKey: "ada" }, lastEventId: flags.position })).toMatchObject({
      type: "changes",
      changed: {},
    });
    expect(await client.flagsNow.query({ context: { targetingKey: "bob" }, lastEventId: flags.position })).toMatchObject({
      type: "full",
    });
  });

  it("lets any site ask, by POST and by GET, and says what a preflight must know", async () => {
    const key = await garden.addKey(node, "client");

    const preflight = await ask("flagsNow", { method: "OPTIONS", headers: { Origin: "https://shop.example" } });
    const answer = await post("flagsNow", key, {});

    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("X-Environment-Key");
    expect(preflight.headers.get("access-control-max-age")).toBe("7200");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await answer.json()).toMatchObject({ result: { data: { type: "full" } } });
  });

  it("stores attributes by POST only", async () => {
    const key = await garden.addKey(node, "client");
    const input = (targetingKey: string) => ({ context: { targetingKey, attributes: { plan: "pro" } }, remember: true });

    const got = await ask(`flagsNow?input=${encodeURIComponent(JSON.stringify(input("ada")))}`, {
      headers: { "X-Environment-Key": key },
    });
    await post("flagsNow", key, input("bob"));

    expect(got.status).toBe(200);
    expect(await garden.traitsOf(garden.createNode(), "ada")).toEqual({});
    expect(await garden.traitsOf(garden.createNode(), "bob")).toEqual({ plan: "pro" });
  });

  it("refuses with a status and a sentence: no key 401, client-side key on the environment 403, bad input 400, nothing there 404", async () => {
    const key = await garden.addKey(node, "client");
    const messages: string[] = [];
    for (const [answer, status] of [
      [await ask("flagsNow"), 401],
      [await post("environmentNow", key, {}), 403],
      [await post("flagsNow", key, { context: 5 }), 400],
      [await post("nothing", key, {}), 404],
      [
        await ask("flagsNow", {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-Environment-Key": key },
          body: "{",
        }),
        400,
      ],
    ] as const) {
      expect(answer.status).toBe(status);
      const body = (await answer.json()) as { error: { message: string } };
      messages.push(body.error.message);
    }
    expect(messages[2]).toContain("`context`");
    expect(messages.join()).not.toMatch(/ at .*\.ts/);
  });
});

describe("closing", () => {
  it("says goodbye with 1012 and leaves no connection", async () => {
    const { client, sockets } = connect(await garden.addKey(node, "server"));
    const heard = onEnvironment(client);
    await until(() => expect(types(heard)).toEqual(["snapshot"]));
    const code = new Promise((resolve) => sockets[0]!.once("close", resolve));

    await door.close();

    expect(await code).toBe(1012);
  });
});
