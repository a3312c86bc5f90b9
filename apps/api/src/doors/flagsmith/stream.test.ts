import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/server.ts";

let door: Door;
const open: AbortController[] = [];
beforeAll(async () => {
  door = await openDoor();
});
afterEach(() => {
  for (const connection of open.splice(0)) connection.abort();
});
afterAll(() => door.close());

async function listen(key: string) {
  const connection = new AbortController();
  open.push(connection);
  const answer = await fetch(`${door.address}/sse/environments/${key}/stream`, { signal: connection.signal });
  const heard: string[] = [];
  let isOver = false;
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const part of answer.body ?? []) heard.push(decoder.decode(part as Uint8Array, { stream: true }));
  })();
  reading.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  return { answer, text: () => heard.join(""), times: () => timesIn(heard.join("")), isOver: () => isOver };
}

const timesIn = (text: string) =>
  [...text.matchAll(/^event: environment_updated\ndata: (.+)\n\n/gm)].map(
    ([, json]) => (JSON.parse(json ?? "") as { updated_at: number }).updated_at,
  );
const headerTime = async () =>
  Number((await door.ask("/api/v1/flags/", { key: door.clientKey })).headers.get("x-flagsmith-document-updated-at"));

it("tells the current time at once and the new one with each change, never later than the flags carry it", async () => {
  const listener = await listen(door.clientKey);
  await expect.poll(() => listener.times()).toEqual([await headerTime()]);

  await door.garden.setFlag(door.node, door.ids.dark, { enabled: true });

  await expect.poll(() => listener.times(), { timeout: 1_000 }).toHaveLength(2);
  expect(listener.times()[1]).toBe(await headerTime());
  expect(listener.answer.headers.get("content-type")).toBe("text/event-stream");
  expect(listener.answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(listener.text()).not.toMatch(/^id:/m);
});

it("repeats the newest time, as clients drop an event while they are fetching", async () => {
  const listener = await listen(door.clientKey);
  await door.garden.setFlag(door.node, door.ids.dark, { enabled: false });
  await expect.poll(() => listener.times()).toHaveLength(2);

  await expect.poll(() => listener.times(), { timeout: 2_500 }).toHaveLength(3);

  const [, second, third] = listener.times();
  expect(third).toBe(second);
});

it("tells of identities' overrides at most once a second, and of the last one for certain", async () => {
  const listener = await listen(door.clientKey);
  for (let i = 0; i < 5; i++) await door.overrideFor(`quick-${i}`, door.ids.dark, true);
  const newest = await headerTime();

  await expect.poll(() => listener.times().at(-1), { timeout: 2_500 }).toBe(newest);

  expect(new Set(listener.times()).size).toBeLessThanOrEqual(3);
});

it("ends with its key", async () => {
  const key = await door.garden.addKey(door.node, "client");
  const listener = await listen(key);
  expect(listener.answer.status).toBe(200);

  await door.garden.revokeKey(door.node, key);

  await expect.poll(() => listener.isOver(), { timeout: 5_000 }).toBe(true);
  expect((await fetch(`${door.address}/sse/environments/${key}/stream`)).status).toBe(401);
});

it("refuses a secret key in an address, and unknown ones", async () => {
  expect((await fetch(`${door.address}/sse/environments/${door.serverKey}/stream`)).status).toBe(403);
  expect((await fetch(`${door.address}/sse/environments/nobody/stream/`)).status).toBe(401);
});

it("does not keep the server from closing", async () => {
  const other = await openDoor();
  const answer = await fetch(`${other.address}/sse/environments/${other.clientKey}/stream`);
  const over = answer.text();

  await Promise.race([other.close(), sleep(8_000).then(() => Promise.reject(new Error("still open")))]);

  await over;
});
