import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { collectComplaints, openBrowser } from "../lib/browser.ts";
import { chromiumPath } from "../lib/services.ts";

/** The built SDK in a real browser, against a server that speaks just enough of the wire. */
const event = (to: number) => {
  const result = { enabled: true, valueType: "number", value: to, variant: null, reason: "DEFAULT" };
  return { type: "full", to, position: `e1:${to}:aaaaaaaa`, flags: { limit: result } };
};

const BUILT = new URL("../../packages/sdk/dist/", import.meta.url);

let browser: Browser;

let hasSockets: boolean;
let inputs: unknown[];
let script: string;
let stop: () => Promise<void>;
let url: string;
beforeEach(async () => {
  hasSockets = true;
  inputs = [];
  const http = createServer((request, response) => {
    if (request.url === "/page.html") {
      response.writeHead(200, { "Content-Type": "text/html" }).end(`<script type="module">${script}</script>`);
      return;
    }
    if (request.url?.startsWith("/sdk/") === true) {
      const file = new URL(request.url.slice("/sdk/".length), BUILT);
      void readFile(file).then((bytes) => response.writeHead(200, { "Content-Type": "text/javascript" }).end(bytes));
      return;
    }
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(`data: ${JSON.stringify(event(50))}\n\n`);
  });
  const sockets = new WebSocketServer({ noServer: true });
  http.on("upgrade", (request, socket, head) => {
    if (hasSockets) sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened));
    else socket.end("HTTP/1.1 426 No\r\nConnection: close\r\n\r\n");
  });
  sockets.on("connection", (socket) => {
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { id: number; method: string; params: { input: unknown } };
      if (message.method !== "subscription") return;
      inputs.push(message.params.input);
      const next = event(inputs.length);
      socket.send(JSON.stringify({ id: message.id, result: { type: "data", data: { id: next.position, data: next } } }));
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  stop = async () => {
    for (const socket of sockets.clients) socket.terminate();
    http.closeAllConnections();
    http.close();
    await once(http, "close");
  };
});
afterEach(() => stop());

const START = (server: string) => `
  import { createClient } from "${server}/sdk/index.mjs";
  const told = [];
  const client = createClient({ url: "${server}", key: "env_1" });
  client.on("status", (status) => told.push(status));
  await client.ready();`;

async function openPage(code: string): Promise<{ page: Page; complaints: readonly string[] }> {
  script = code;
  const page = await (await browser.newContext()).newPage();
  const complaints = collectComplaints(page);
  await page.goto(`${url}/page.html`);
  return { page, complaints };
}

describe.skipIf(chromiumPath === undefined)("the SDK in a browser", () => {
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it("lives in a page: rests without a network and resumes by one request when it is back", async () => {
    const { page, complaints } = await openPage(`${START(url)} Object.assign(window, { client, told });`);
    await page.waitForFunction("window.client?.get('limit') === 1");

    await page.context().setOffline(true);
    await page.waitForFunction("window.told.at(-1) === 'stale'");
    expect(await page.evaluate("window.client.get('limit')")).toBe(1);
    await page.context().setOffline(false);
    await page.waitForFunction("window.client.get('limit') === 2");

    expect(inputs).toEqual([{ parts: true }, { parts: true, lastEventId: "e1:1:aaaaaaaa" }]);
    expect(await page.evaluate("window.told")).toEqual(["live", "stale", "live"]);
    expect(await page.evaluate("Object.keys(localStorage).length")).toBe(1);
    await page.evaluate("window.client.close()");
    expect(complaints).toEqual([]);
  });

  it("lives in a worker, which has neither a document nor storage", async () => {
    const inside = `${START(url)} postMessage([client.get("limit"), client.details("limit").source, typeof document]);`;
    const { page } = await openPage(`
    const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(inside)}], { type: "text/javascript" })), { type: "module" });
    worker.onmessage = ({ data }) => Object.assign(window, { data });
    worker.onerror = ({ message }) => Object.assign(window, { data: message });`);

    await page.waitForFunction("window.data !== undefined");

    expect(await page.evaluate("window.data")).toEqual([1, "live", "undefined"]);
  });

  it("gets server-sent events where sockets are refused", async () => {
    hasSockets = false;
    const { page } = await openPage(`${START(url)} Object.assign(window, { client, told });`);

    await page.waitForFunction("window.client?.get('limit') === 50");

    expect(await page.evaluate("window.told")).toEqual(["live"]);
    expect(inputs).toEqual([]);
  });
});
