import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/door.ts";

let door: Door;
let time = Date.parse("2026-11-24T12:00:00Z");
const lines: string[] = [];
const open: AbortController[] = [];
beforeAll(async () => {
  door = await openDoor({ now: () => time, log: { level: "trace", stream: { write: (line: string) => void lines.push(line) } } });
});
afterEach(() => {
  for (const connection of open.splice(0)) connection.abort();
});
afterAll(() => door.close());

const MINUTE = 60_000;

async function addressOf(asking?: Parameters<Door["bulk"]>[0]): Promise<string> {
  const answer = (await (await door.bulk(asking)).json()) as { eventStreams: { endpoint: { requestUri: string } }[] };
  return answer.eventStreams[0]?.endpoint.requestUri ?? "";
}

async function listen(address: string, headers: Record<string, string> = {}) {
  const connection = new AbortController();
  open.push(connection);
  const answer = await fetch(`${door.address}${address}`, { signal: connection.signal, headers });
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
  return { answer, text: () => text, events: () => eventsIn(text), isOver: () => isOver };
}

const eventsIn = (text: string) =>
  [...text.matchAll(/^id: (.+)\nevent: message\ndata: (.+)\n\n/gm)].map(([, id, data]) => ({
    id,
    data: JSON.parse(data ?? "") as { type: string; etag: string; lastModified: number },
  }));
const state = async () => (await door.node.environment(door.garden.environment.id)).current();

it("asks to fetch at once and after each change, with the version that the answer must have", async () => {
  const listener = await listen(await addressOf());
  await expect.poll(() => listener.events()).toHaveLength(1);
  expect(listener.answer.headers.get("content-type")).toBe("text/event-stream");
  expect(listener.answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(listener.text()).toMatch(/^retry: [1-5]\d{3}\n\n/);

  const version = await door.garden.setFlag(door.node, door.ids.dark, { enabled: true });

  await expect.poll(() => listener.events(), { timeout: 1_000 }).toHaveLength(2);
  const { position, updatedAt } = await state();
  expect(listener.events()[1]).toEqual({
    id: position,
    data: {
      type: "refetchEvaluation",
      etag: `"${version}-${position.split(":")[2]}"`,
      lastModified: Math.floor(updatedAt.getTime() / 1_000),
    },
  });
});

it("says nothing to one that resumes and missed nothing, and the newest to one that did", async () => {
  const address = await addressOf();
  const before = await state();
  const listener = await listen(address, { "Last-Event-ID": before.position });
  await door.garden.setFlag(door.node, door.ids.dark, { enabled: false });
  await expect.poll(() => listener.events(), { timeout: 1_000 }).toHaveLength(1);

  const late = await listen(address, { "Last-Event-ID": before.position });

  await expect.poll(() => late.events().map((event) => event.id)).toEqual([(await state()).position]);
});

it("tells of a burst of changes in few events, and of the last one for certain", async () => {
  const listener = await listen(await addressOf());
  for (let i = 0; i < 20; i++) await door.garden.setFlag(door.node, door.ids.limit, { enabled: true, value: i });
  const { position } = await state();

  await expect.poll(() => listener.events().at(-1)?.id, { timeout: 2_000 }).toBe(position);
  expect(listener.events().length).toBeLessThan(15);
});

it("keeps its address for a quarter of an hour at least, and renews it in time by an answer that is no 304", async () => {
  const body = { context: { targetingKey: "ada" } };
  const first = await door.bulk({ body });
  const tag = first.headers.get("etag") ?? "";
  const address = await addressOf({ body });
  expect(await addressOf({ body })).toBe(address);

  time += 15 * MINUTE;
  const later = await door.bulk({ body, headers: { "If-None-Match": tag } });
  expect(later.status).toBe(200);
  expect((await listen(address)).answer.status).toBe(200);
  expect(await addressOf({ body })).not.toBe(address);

  time += 15 * MINUTE;
  expect((await listen(address)).answer.status).toBe(401);
});

it("takes no address that was tampered with", async () => {
  const address = await addressOf();
  const [path = "", token = ""] = address.split("token=");
  const [payload = "", signature = ""] = token.split(".");
  const forged = Buffer.from(JSON.stringify([1, "client", door.clientKey, time * 2])).toString("base64url");
  for (const bad of ["", "x", payload, `${payload}.`, `${forged}.${signature}`, `${payload}x.${signature}`]) {
    expect((await fetch(`${door.address}${path}token=${bad}`)).status, bad).toBe(401);
  }
});

it("ends with its key", async () => {
  const key = await door.garden.addKey(door.node, "server");
  const address = await addressOf({ key });
  const listener = await listen(address);
  expect(listener.answer.status).toBe(200);

  await door.garden.revokeKey(door.node, key);

  await expect.poll(() => listener.isOver(), { timeout: 5_000 }).toBe(true);
  expect((await listen(address)).answer.status).toBe(401);
});

it("leaves no token in the log", async () => {
  await listen(await addressOf());
  await fetch(`${door.address}/ofrep/v1/stream?token=short-lived`);

  const token = (await addressOf()).split("token=")[1] ?? "";
  // Fastify's own request log is off in the product; what the door itself writes is what counts.
  const ours = lines.filter((line) => !/"msg":"incoming request"/.test(line)).join("");
  expect(token.length).toBeGreaterThan(50);
  expect(ours).not.toContain(token);
  expect(ours).not.toContain("short-lived");
});

it("does not keep the server from closing", async () => {
  const other = await openDoor();
  const answer = (await (await other.bulk()).json()) as { eventStreams: { endpoint: { requestUri: string } }[] };
  const stream = await fetch(`${other.address}${answer.eventStreams[0]?.endpoint.requestUri ?? ""}`);
  const over = stream.text();

  await Promise.race([other.close(), sleep(8_000).then(() => Promise.reject(new Error("still open")))]);

  await over;
});
