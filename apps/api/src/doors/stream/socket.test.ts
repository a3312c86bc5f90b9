import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { StreamSocket } from "./socket.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
let near: StreamSocket;
let far: WebSocket;
let close: () => void;

beforeEach(async () => {
  const http = createServer().listen(0, "127.0.0.1");
  await once(http, "listening");
  const server = new WebSocketServer({ server: http, WebSocket: StreamSocket });
  const connected = new Promise<StreamSocket>((resolve) => server.once("connection", resolve));
  far = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  near = await connected;
  if (far.readyState !== far.OPEN) await once(far, "open");
  close = () => {
    far.terminate();
    near.terminate();
    server.close();
    http.close();
  };
});
afterEach(() => close());

const deltas = (count: number) => {
  for (let sent = 0; sent < count && near.readyState === near.OPEN; sent++) near.send("d".repeat(32 * KIB));
};

it("a reader that stopped reading is cut before it holds much more than a mebibyte, and told to resume", async () => {
  far.pause();
  const code = new Promise<number>((resolve) => far.once("close", resolve));

  // The kernel takes some megabytes before anything queues up here.
  for (let round = 0; round < 200 && near.readyState === near.OPEN; round++) {
    deltas(16);
    await new Promise((resolve) => setImmediate(resolve));
  }

  expect(near.readyState).toBe(near.CLOSING);
  expect(near.bufferedAmount).toBeLessThan(1.5 * MIB);
  far.resume();
  expect(await code).toBe(4008);
});

it("a snapshot of any size may wait, and deltas behind it up to a mebibyte", async () => {
  far.pause();
  let received = 0;
  far.on("message", (data: Buffer) => {
    received += data.length;
  });

  near.send("s".repeat(32 * MIB));
  deltas(16);

  expect(near.readyState).toBe(near.OPEN);
  far.resume();
  await vi.waitFor(() => expect(received).toBe(32 * MIB + 16 * 32 * KIB), 10_000);
  await vi.waitFor(() => expect(near.bufferedAmount).toBe(0), 5_000);
});

it("a reader that does not read its farewell either is let go of", async () => {
  far.pause();
  const gone = once(near, "close");

  near.send("s".repeat(32 * MIB));
  deltas(64);

  expect(near.readyState).toBe(near.CLOSING);
  await gone;
  expect(near.readyState).toBe(near.CLOSED);
});
