import { get, type IncomingMessage } from "node:http";
import type { EnvironmentEvent, FlagsEvent } from "@halyard/contracts";
import type { Database } from "@halyard/db";
import { openTestDatabase } from "@halyard/db/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Delivery } from "../../../features/delivery/index.ts";
import { createGarden, type Garden } from "../../../features/delivery/testing/garden.ts";
import { STREAM_LIMITS } from "../limits.ts";
import { openDoor } from "../testing/doors.ts";

let database: Database;
let garden: Garden;
let node: Delivery;
let door: Awaited<ReturnType<typeof openDoor>>;
const open: AbortController[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  garden = await createGarden(database);
  node = garden.createNode();
  door = await openDoor(node);
});
afterEach(async () => {
  for (const connection of open.splice(0)) connection.abort();
  await door.close();
  await garden.close();
});
afterAll(() => database.close());

interface Listening {
  /** Sent as a body; without it the request is a GET. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function listen<E extends EnvironmentEvent | FlagsEvent>(path: string, { body, headers = {} }: Listening = {}) {
  const connection = new AbortController();
  open.push(connection);
  const answer = await fetch(`${door.url}/stream/sse/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...headers, ...(body !== undefined && { "Content-Type": "application/json" }) },
    signal: connection.signal,
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  let text = "";
  let isOver = false;
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const part of answer.body ?? []) text += decoder.decode(part as Uint8Array, { stream: true });
  })();
  reading.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  const found = () => [...text.matchAll(/^id: (.+)\ndata: (.+)\n\n/gm)];
  return {
    answer,
    text: () => text,
    isOver: () => isOver,
    ids: () => found().map(([, id]) => id),
    events: () => found().map(([, , data]) => JSON.parse(data ?? "") as E),
    types: () => found().map(([, , data]) => (JSON.parse(data ?? "") as E).type),
  };
}

const until = (check: () => void | Promise<void>, timeout = 5_000) => vi.waitFor(check, { timeout, interval: 10 });

describe("environment", () => {
  it("sends a snapshot, then each change as a delta, every event under its position", async () => {
    const id = await garden.addFlag(node, { key: "checkout" });
    const key = await garden.addKey(node, "server");
    const heard = await listen<EnvironmentEvent>("environment", { headers: { "X-Environment-Key": key } });
    await until(() => expect(heard.types()).toEqual(["snapshot"]));
    expect(heard.answer.headers.get("content-type")).toBe("text/event-stream");
    expect(heard.answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(heard.text()).toMatch(/^retry: [1-5]\d{3}\n\n/);

    const version = await garden.setFlag(node, id, { enabled: true });

    await until(() => expect(heard.types()).toEqual(["snapshot", "delta"]));
    expect(heard.events()[1]).toMatchObject({
      from: version - 1,
      to: version,
      delta: { flags: { upserted: [{ key: "checkout" }] } },
    });
    expect(heard.ids()).toEqual(heard.events().map((event) => event.position));
  });

  it.each(["header", "query", "body"])("resumes with only what was missed, from a position in its %s", async (place) => {
    const id = await garden.addFlag(node, { key: "checkout" });
    const key = await garden.addKey(node, "server");
    const headers = { "X-Environment-Key": key };
    const first = await listen<EnvironmentEvent>("environment", { headers });
    await until(() => expect(first.types()).toEqual(["snapshot"]));
    const [position = ""] = first.ids();
    const version = await garden.setFlag(node, id, { enabled: true });

    const again =
      place === "header"
        ? await listen<EnvironmentEvent>("environment", { headers: { ...headers, "Last-Event-ID": position } })
        : place === "query"
          ? await listen<EnvironmentEvent>(`environment?lastEventId=${encodeURIComponent(position)}`, { headers })
          : await listen<EnvironmentEvent>("environment", { headers, body: { lastEventId: position } });

    await until(() => expect(again.events()).toMatchObject([{ type: "delta", to: version }]));
  });

  it("is for server keys in a header only", async () => {
    const [client, server] = [await garden.addKey(node, "client"), await garden.addKey(node, "server")];
    const statusOf = async (path: string, key?: string) =>
      (await listen(path, { headers: key === undefined ? {} : { "X-Environment-Key": key } })).answer.status;

    expect(await statusOf("environment", server)).toBe(200);
    expect(await statusOf("environment", client)).toBe(403);
    expect(await statusOf(`environment?key=${server}`)).toBe(403);
    expect(await statusOf("environment")).toBe(401);
    expect(await statusOf("environment", "nobody")).toBe(401);
  });

  it("is the same bytes for everybody, made once", async () => {
    const id = await garden.addFlag(node, { key: "checkout" });
    const headers = { "X-Environment-Key": await garden.addKey(node, "server") };
    const listeners = await Promise.all(Array.from({ length: 5 }, () => listen<EnvironmentEvent>("environment", { headers })));
    await until(() => expect(listeners.map((it) => it.types())).toEqual(listeners.map(() => ["snapshot"])));

    await garden.setFlag(node, id, { enabled: true });

    await until(() => expect(listeners.every((it) => it.types().length === 2)).toBe(true));
    const tails = new Set(listeners.map((it) => it.text().slice(it.text().indexOf("id: "))));
    expect(tails.size).toBe(1);
  });
});

describe("flags", () => {
  it("sends one context's results, then only what changes for it", async () => {
    const id = await garden.addFlag(node, { key: "checkout" });
    await garden.addFlag(node, { key: "hidden", serverOnly: true });
    const key = await garden.addKey(node, "client");
    const input = encodeURIComponent(JSON.stringify({ context: { targetingKey: "ada" } }));
    const heard = await listen<FlagsEvent>(`flags?key=${key}&input=${input}`);
    await until(() => expect(heard.types()).toEqual(["full"]));
    expect(heard.text()).not.toContain("hidden");

    const version = await garden.setFlag(node, id, { enabled: true });

    await until(() =>
      expect(heard.events()[1]).toMatchObject({ type: "changes", to: version, changed: { checkout: { enabled: true } } }),
    );
    expect(heard.ids()).toEqual(heard.events().map((event) => event.position));
    expect(heard.ids()[1]).toMatch(/:[0-9a-f]{8}$/);
  });

  it("stores attributes that come in a body, and none that come in an address", async () => {
    const headers = { "X-Environment-Key": await garden.addKey(node, "server") };
    const wish = (targetingKey: string) => ({ context: { targetingKey, attributes: { plan: "pro" } }, remember: true });
    const posted = await listen<FlagsEvent>("flags", { headers, body: wish("ada") });
    const got = await listen<FlagsEvent>(`flags?input=${encodeURIComponent(JSON.stringify(wish("bob")))}`, { headers });
    await until(() => expect([posted.types(), got.types()]).toEqual([["full"], ["full"]]));

    expect(await garden.traitsOf(node, "ada")).toEqual({ plan: "pro" });
    expect(await garden.traitsOf(node, "bob")).toEqual({});
  });

  it.each([
    ["what is no JSON", "{", /JSON/],
    ["a list", "[]", /input/],
    ["a field of the wrong kind", { context: { targetingKey: 7 } }, /context\.targetingKey/],
  ])("refuses %s with a sentence, before any stream", async (_name, body, sentence) => {
    const { answer, text } = await listen("flags", {
      headers: { "X-Environment-Key": await garden.addKey(node, "client") },
      body,
    });
    expect(answer.status).toBe(400);
    await until(() =>
      expect(JSON.parse(text())).toMatchObject({ code: "invalid", message: expect.stringMatching(sentence) as string }),
    );
  });
});

describe("a connection", () => {
  it("is refused beyond the limits, with a time to come again", async () => {
    const tight = await openDoor(node, { ...STREAM_LIMITS, connectionsPerKey: 1 });
    const key = await garden.addKey(node, "client");
    const address = `${tight.url}/stream/sse/flags?key=${key}`;
    const first = new AbortController();
    expect((await fetch(address, { signal: first.signal })).status).toBe(200);

    const second = await fetch(address);
    expect(second.status).toBe(429);
    expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await second.json()).toMatchObject({ code: "rate_limited" });

    first.abort();
    await until(async () => {
      const again = new AbortController();
      expect((await fetch(address, { signal: again.signal })).status).toBe(200);
      again.abort();
    });
    await tight.close();
  });

  it("ends with its key, and says so", async () => {
    const key = await garden.addKey(node, "client");
    const heard = await listen<FlagsEvent>(`flags?key=${key}`);
    await until(() => expect(heard.types()).toEqual(["full"]));

    await garden.revokeKey(node, key);

    await until(() => expect(heard.isOver()).toBe(true));
    expect(heard.text()).toMatch(/\n\nevent: close\ndata: \{"code":4401\}\n\n$/);
  });

  it("ends with the server, which does not wait for it", async () => {
    const heard = await listen<FlagsEvent>(`flags?key=${await garden.addKey(node, "client")}`);
    await until(() => expect(heard.types()).toEqual(["full"]));

    await door.close();

    await until(() => expect(heard.isOver()).toBe(true));
    expect(heard.text()).toMatch(/event: close\ndata: \{"code":1012\}\n\n$/);
    door = await openDoor(node);
  });

  it("is counted while it lasts", async () => {
    const before = { ...node.counts.open };
    const heard = await listen<FlagsEvent>(`flags?key=${await garden.addKey(node, "client")}`);
    await until(() => expect(heard.types()).toEqual(["full"]));
    expect(node.counts.open).toMatchObject({ connections: before.connections + 1, flags: before.flags + 1 });

    open.pop()?.abort();

    await until(() => expect(node.counts.open).toEqual(before));
  });

  it("that does not read gets the newest state later instead of everything, and holds up nobody", async () => {
    const id = await garden.addFlag(node, { key: "checkout", enabled: true, valueType: "string", value: "" });
    const key = await garden.addKey(node, "server");
    const other = await listen<EnvironmentEvent>("environment", { headers: { "X-Environment-Key": key } });
    const slow = get(`${door.url}/stream/sse/environment`, { headers: { "X-Environment-Key": key } });
    const response = await new Promise<IncomingMessage>((resolve) => slow.once("response", resolve));
    response.pause();
    const filler = "x".repeat(200_000);

    let version = 0;
    for (let i = 0; i < 60 && node.counts.total.collapsed === 0; i++) {
      version = await garden.setFlag(node, id, { enabled: true, value: `${i} ${filler}` });
    }
    expect(node.counts.total.collapsed).toBeGreaterThan(0);
    await until(() => expect(other.events().at(-1)?.to).toBe(version));

    let text = "";
    response.on("data", (part: Buffer) => (text += part.toString())).resume();
    await until(() => expect(text).toContain(`"to":${version},`));
    slow.destroy();
  });
});
