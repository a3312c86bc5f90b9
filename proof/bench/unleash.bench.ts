import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createPostgresDatabase, testPostgresUrl } from "@halyard/db/testing";
import { connectManagement, type Management, type Place } from "../lib/management.ts";
import { build, freePort, type Stack, startStack } from "../lib/stack.ts";
import { type Asking, compareLoads, type Target } from "./load.ts";
import { type Pace, QUICK } from "./pace.ts";
import { type Row, toRow } from "./rows.ts";
import { flagsByTheHundred } from "./workloads.ts";

/** The newest that runs on Node 20. */
const VERSION = "7.5.1";
const FOLDER = fileURLToPath(new URL(`../../node_modules/.cache/halyard/unleash-server-${VERSION}`, import.meta.url));
const INSTALL_MS = 240_000;
const FLAGS = 100;
const TOGGLES = 7;
const TOKENS = { client: "*:development.bench-client", frontend: "*:development.bench-frontend" };

interface Unleash {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The same questions to Unleash's server, which is installed into a cache at the first run. Each side has a PostgreSQL database of its own. */
export async function benchUnleash(pace: Pace, isWanted: (name: string) => boolean): Promise<Row[]> {
  // Everything is wanted, and quickly.
  if (pace === QUICK && isWanted("evaluate/")) return [];
  const missing = testPostgresUrl === undefined ? "no PostgreSQL was found; set TEST_DATABASE_URL" : install();
  if (missing !== undefined) {
    console.log(`unleash/* skipped: ${missing}.`);
    return [];
  }
  build();
  const stack = await startStack({ database: "postgres", env: { HALYARD_METRICS_PATH: "/metrics" } });
  const database = await createPostgresDatabase();
  const unleash = await startUnleash(database.url);
  try {
    return await compete({ stack, unleash }, pace, isWanted);
  } finally {
    await unleash.stop();
    await stack.stop();
    await database.drop();
  }
}

/** @returns why it could not be had */
function install(): string | undefined {
  if (existsSync(`${FOLDER}/node_modules/unleash-server`)) return undefined;
  const wish = ["install", "--prefix", FOLDER, "--no-audit", "--no-fund", "--no-save", `unleash-server@${VERSION}`];
  const { status } = spawnSync("npm", wish, { stdio: "ignore", timeout: INSTALL_MS });
  return status === 0 ? undefined : `unleash-server ${VERSION} could not be installed from npm`;
}

async function startUnleash(url: string): Promise<Unleash> {
  const port = await freePort();
  const child = spawn(process.execPath, [fileURLToPath(new URL("unleash-server.mjs", import.meta.url))], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const input = { folder: FOLDER, url, port, clientToken: TOKENS.client, frontendToken: TOKENS.frontend };
  child.stdin.end(JSON.stringify(input));
  await untilServing(child);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function untilServing(child: ChildProcess): Promise<void> {
  for await (const part of child.stdout ?? []) if (String(part).includes("serving")) return;
  throw new Error("Unleash's server ended before it served.");
}

interface Both {
  readonly stack: Stack;
  readonly unleash: Unleash;
}

async function compete({ stack, unleash }: Both, pace: Pace, isWanted: (name: string) => boolean): Promise<Row[]> {
  const management = await connectManagement(stack);
  const place = await management.createProject("Bench");
  for (let n = 1; n <= FLAGS; n++) {
    await management.createFlag(place, { key: `flag-${n}`, valueType: "string", value: `value-${n}`, enabled: true });
    await growUnleash(unleash, `flag-${n}`);
  }
  const server = { "X-Environment-Key": await management.serverKey(place) };
  const client = { "X-API-Key": await management.clientKey(place) };
  const [context] = flagsByTheHundred(1).contexts;
  const about = {
    ours: { context: { targetingKey: "user-0", ...context?.attributes } },
    theirs: { userId: "user-0", properties: context?.attributes },
  };
  const ours = (path: string, asking: Asking): Target => ({ url: stack.url + path, pid: stack.apis[0]?.pid ?? 0, asking });
  const theirs = (path: string, asking: Asking): Target => ({ url: unleash.url + path, pid: unleash.pid, asking });
  const full = {
    ours: ours("/api/v1/environment-document/", { method: "GET", headers: server }),
    theirs: theirs("/api/client/features", { method: "GET", headers: { Authorization: TOKENS.client } }),
  };
  const cases = {
    "unleash/full-fetch": full,
    "unleash/304": { ours: await withTag(full.ours), theirs: await withTag(full.theirs) },
    "unleash/one-context": {
      ours: ours("/ofrep/v1/evaluate/flags", { method: "POST", headers: client, bodies: [JSON.stringify(about.ours)] }),
      theirs: theirs("/api/frontend", {
        method: "POST",
        headers: { Authorization: TOKENS.frontend },
        bodies: [JSON.stringify({ context: about.theirs })],
      }),
    },
  };
  const rows: Row[] = [];
  for (const [name, sides] of Object.entries(cases)) {
    if (!isWanted(name)) continue;
    const costs = await compareLoads(sides.ours, sides.theirs, pace);
    rows.push(toRow({ name, unit: "µs CPU per request", against: `unleash-server ${VERSION}`, goal: 10, ...costs }));
  }
  if (isWanted("unleash/toggle")) rows.push(await compareToggles({ full, management, place, unleash }));
  return rows;
}

interface Toggling {
  readonly full: { readonly ours: Target; readonly theirs: Target };
  readonly management: Management;
  readonly place: Place;
  readonly unleash: Unleash;
}

/** From the answer to a write until whoever asks is told of it. */
async function compareToggles({ full, management, place, unleash }: Toggling): Promise<Row> {
  const costs = { ours: [] as number[], theirs: [] as number[] };
  for (let n = 0; n < TOGGLES; n++) {
    const on = n % 2 === 1;
    costs.ours.push(await msUntilSeen(full.ours, () => management.setEnabled(place, "flag-1", on)));
    const path = `/api/admin/projects/default/features/flag-1/environments/development/${on ? "on" : "off"}`;
    costs.theirs.push(await msUntilSeen(full.theirs, () => post(unleash.url + path, {})));
  }
  return toRow({
    name: "unleash/toggle",
    unit: "ms from the answered write to a read that has it",
    against: `unleash-server ${VERSION}`,
    goal: 10,
    ...costs,
  });
}

async function msUntilSeen({ url, asking }: Target, write: () => Promise<unknown>): Promise<number> {
  const read = async () => (await fetch(url, { headers: asking.headers })).text();
  const before = await read();
  await write();
  const from = performance.now();
  while ((await read()) === before) if (performance.now() - from > 10_000) throw new Error(`${url} never changed.`);
  return performance.now() - from;
}

async function withTag(target: Target): Promise<Target> {
  const { headers } = target.asking;
  const tag = (await fetch(target.url, { headers: { ...headers } })).headers.get("etag") ?? "";
  return { ...target, asking: { ...target.asking, headers: { ...headers, "If-None-Match": tag }, status: 304 } };
}

async function growUnleash({ url }: Unleash, name: string): Promise<void> {
  const features = `${url}/api/admin/projects/default/features`;
  await post(features, { name, type: "release" });
  await post(`${features}/${name}/environments/development/strategies`, { name: "default" });
  await post(`${features}/${name}/environments/development/on`, {});
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`Unleash answered ${answer.status} at ${url}: ${await answer.text()}`);
}
