import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { createClient } from "./client.ts";
import { until } from "./test/clock.ts";
import { type FaultServer, startFaultServer } from "./test/server.ts";
import { changes, full, listen } from "./test/world.ts";

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer();
  server.subscribed = (peer, input) =>
    peer.event(input["lastEventId"] ? changes([1, 2], { beta: false }) : full(1, { beta: true }));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server[Symbol.asyncDispose]();
});

it("needs nothing but the platform's WebSocket, fetch and timers", async () => {
  vi.stubGlobal("WebSocket", WebSocket);
  const client = createClient({ url: `${server.url}/`, key: "env_1" });
  const heard = listen(client);
  await expect(client.ready({ timeoutMs: Number.POSITIVE_INFINITY })).resolves.toEqual({ source: "live" });
  expect(client.get("beta")).toBe(true);

  server.peers[0]!.close(1012, "restart");

  await until(() => client.get("beta") === false);
  expect(heard.errors[0]?.message).toContain("1012 (restart)");
  await client.close();
  await until(() => server.peers.every((peer) => !peer.isOpen()));
});

it("polls on a platform without WebSocket, and starts without storage where looking at it throws", async () => {
  vi.stubGlobal("WebSocket", undefined);
  vi.stubGlobal("window", {
    get localStorage(): Storage {
      throw new Error("blocked");
    },
  });
  server.polled = () => ({ status: 200, body: { result: { data: full(3, { beta: true }) } } });
  const client = createClient({ url: server.url, key: "env_1" });

  await expect(client.ready()).resolves.toEqual({ source: "live" });

  expect(client.details("beta").version).toBe("e1:3");
  await client.close();
});

it("reads the values that came with the page from its element", async () => {
  const { to, position, flags } = full(7, { beta: true });
  vi.stubGlobal("document", {
    addEventListener: () => {},
    removeEventListener: () => {},
    querySelector: (selector: string) =>
      selector === "#halyard" ? { textContent: JSON.stringify({ to, position, flags }) } : null,
  });
  const client = createClient({ url: server.url, key: "env_1", bootstrap: "#halyard" }, { openSocket: undefined });

  expect(client.details("beta")).toMatchObject({ value: true, source: "bootstrap" });
  expect(() => createClient({ url: server.url, key: "env_1", bootstrap: "#absent" })).toThrow('"bootstrap" must be');
  await client.close();
});
