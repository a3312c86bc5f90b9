import autocannon from "autocannon";
import { connectManagement } from "../lib/management.ts";
import { cpuMs, pin } from "../lib/processes.ts";
import { build, startStack } from "../lib/stack.ts";
import { startBareServer } from "./bare-server.ts";
import type { Pace } from "./pace.ts";
import { type Row, toRow } from "./rows.ts";

const FLAGS = 100;
const CONNECTIONS = 64;

interface Target {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly pid: number;
}

/** CPU of the server process per request; wall-clock rates move too much with the machine's other work. */
export async function benchHttp(pace: Pace): Promise<Row[]> {
  build();
  const stack = await startStack({ database: "pglite" });
  try {
    const management = await connectManagement(stack);
    const place = await management.createProject("Bench");
    for (let n = 1; n <= FLAGS; n++)
      await management.createFlag(place, { key: `flag-${n}`, valueType: "string", value: `value-${n}`, enabled: true });
    const headers = { "X-Environment-Key": await management.clientKey(place) };
    const ours: Target = { url: `${stack.url}/api/v1/flags/`, headers, pid: stack.apis[0]?.pid ?? 0 };
    const bare = await startBareServer(await fetch(ours.url, { headers }));
    try {
      return [await compare(ours, { ...bare, headers }, pace)];
    } finally {
      bare.stop();
    }
  } finally {
    await stack.stop();
  }
}

async function compare(ours: Target, theirs: Target, pace: Pace): Promise<Row> {
  // Both servers on one processor, the load on another: neither side's caches are warmer than the other's.
  for (const { pid } of [ours, theirs]) pin(pid, 0);
  pin(process.pid, 1);
  const costs = { ours: [] as number[], theirs: [] as number[] };
  // The compiler goes on optimising for the first hundred thousand requests.
  for (const target of [ours, theirs]) await load(target, pace.warmUpMs);
  for (let round = 0; round < pace.rounds; round++) {
    costs.ours.push(await cpuPerRequest(ours, pace.roundMs));
    costs.theirs.push(await cpuPerRequest(theirs, pace.roundMs));
  }
  return toRow({ name: "http/flags", unit: "µs CPU per request", against: "bare node:http, same bytes", goal: 0.85, ...costs });
}

/** In microseconds of user and system time. */
async function cpuPerRequest(target: Target, ms: number): Promise<number> {
  const before = cpuMs(target.pid);
  const done = await load(target, ms);
  return ((cpuMs(target.pid) - before) * 1_000) / done;
}

/** @returns requests that were answered with 200 */
async function load({ url, headers }: Target, ms: number): Promise<number> {
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: Math.ceil(ms / 1_000) });
  if (result.errors > 0 || result.non2xx > 0)
    throw new Error(`${result.errors} errors and ${result.non2xx} bad answers from ${url}`);
  return result["2xx"];
}
