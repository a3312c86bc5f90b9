import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startServer, type TestServer } from "../testing/server.ts";

let server: TestServer;
let port: number;
beforeAll(async () => {
  port = await freePort();
  server = await startServer({
    environment: { HALYARD_METRICS_PORT: String(port), HALYARD_METRICS_PATH: "/internal/metrics", HOST: "127.0.0.1" },
  });
});
afterAll(() => server.close());

const scrape = async (address = `http://127.0.0.1:${port}/metrics`) => (await fetch(address)).text();
/** @param series such as `halyard_requests_total{door="ofrep",status="2xx"}` */
const valueOf = (text: string, series: string) =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${series} `))
      ?.split(" ")[1] ?? Number.NaN,
  );

describe("metrics", () => {
  it("are neither on the public port nor on another where nobody asked for them", async () => {
    const plain = await startServer({ database: server.database });
    expect((await fetch(`${plain.address}/metrics`)).status).toBe(404);
    expect((await fetch(`${server.address}/metrics`)).status).toBe(404);
    await plain.close();
  });

  it("are on the port and on the path that were set", async () => {
    const own = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(own.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    const text = await own.text();
    expect(await scrape(`${server.address}/internal/metrics`)).toContain("halyard_requests_total");
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    for (const name of ["process_cpu_seconds_total", "nodejs_eventloop_lag_p99_seconds", "nodejs_heap_size_used_bytes"]) {
      expect(text).toContain(`# TYPE ${name} `);
    }
  });

  it("count answers by door and class of status, also those past the router", async () => {
    const [key, place] = await clientKey();
    const series = (door: string, status: string) => `halyard_requests_total{door="${door}",status="${status}"}`;
    await fetch(`${server.address}/api/v1/flags/`, { headers: { "X-Environment-Key": key } });
    const before = await scrape();

    for (let i = 0; i < 3; i++) await fetch(`${server.address}/api/v1/flags/`, { headers: { "X-Environment-Key": key } });
    await fetch(`${server.address}/api/v1/identities/?identifier=ada`, { headers: { "X-Environment-Key": key } });
    await fetch(`${server.address}/api/v1/flags/`, { headers: { "X-Environment-Key": "nobody" } });
    await fetch(`${server.address}/ofrep/v1/evaluate/flags/none`, { method: "POST", headers: { "X-API-Key": key } });
    await server.ask("GET", place);

    await vi.waitFor(async () => {
      const after = await scrape();
      const grown = (door: string, status: string) =>
        valueOf(after, series(door, status)) - valueOf(before, series(door, status));
      expect(grown("flagsmith", "2xx")).toBe(4);
      expect(grown("flagsmith", "4xx")).toBe(1);
      expect(grown("ofrep", "4xx")).toBe(1);
      expect(grown("management", "2xx")).toBe(1);
    });
  });

  it("tell versions, revisions and who listens", async () => {
    const [key] = await clientKey();
    const listening = new AbortController();
    await fetch(`${server.address}/sse/environments/${key}/stream`, { signal: listening.signal });

    const text = await scrape();
    expect(text).toMatch(/^halyard_environment_version\{environment="\d+"\} \d+$/m);
    expect(text).toMatch(/^halyard_environment_lag_versions\{environment="\d+"\} 0$/m);
    expect(valueOf(text, 'halyard_revisions_total{origin="written"}')).toBeGreaterThan(0);
    expect(valueOf(text, 'halyard_connections{door="flagsmith"}')).toBe(1);
    expect(valueOf(text, 'halyard_dependency_up{dependency="database"}')).toBe(1);
    expect(text).not.toContain('dependency="redis"');

    listening.abort();
    await vi.waitFor(async () => expect(valueOf(await scrape(), 'halyard_connections{door="flagsmith"}')).toBe(0));
  });

  it("have every name that the board for Grafana asks for", async () => {
    const board = readFileSync(new URL("../../../../docs/grafana/halyard.json", import.meta.url), "utf8");
    const asked = new Set([...board.matchAll(/"expr": "((?:[^"\\]|\\.)+)"/g)].flatMap(([, expr = ""]) => namesIn(expr)));
    const known = new Set([...(await scrape()).matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));

    expect(asked.size).toBeGreaterThan(10);
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  });
});

const namesIn = (expr: string) => expr.match(/\b(?:halyard|nodejs|process)_\w+/g) ?? [];

async function clientKey(): Promise<[key: string, path: string]> {
  const [organisation] = (await server.ask("GET", "/rest/v1/organisations")).body as { slug: string }[];
  const path = `/rest/v1/organisations/${organisation?.slug}/projects`;
  const projects = (await server.ask("GET", path)).body as { slug: string }[];
  const project = projects[0] ?? ((await server.ask("POST", path, { body: { name: "Metrics" } })).body as { slug: string });
  const environments = `${path}/${project.slug}/environments`;
  const [environment] = (await server.ask("GET", environments)).body as { slug: string }[];
  const keys = `${environments}/${environment?.slug}/keys`;
  const made = await server.ask("POST", keys, { body: { kind: "client", name: "Metrics" } });
  return [(made.body as { key: string }).key, environments];
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
