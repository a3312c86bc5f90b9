import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { connectManagement } from "../lib/management.ts";
import { cpuMs } from "../lib/processes.ts";
import { build, startStack } from "../lib/stack.ts";
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
  const bare = startBare();
  try {
    const management = await connectManagement(stack);
    const place = await management.createProject("Bench");
    for (let n = 1; n <= FLAGS; n++)
      await management.createFlag(place, { key: `flag-${n}`, valueType: "string", value: `value-${n}`, enabled: true });
    const key = await management.clientKey(place);
    const ours: Target = {
      url: `${stack.url}/api/v1/flags/`,
      headers: { "X-Environment-Key": key },
      pid: stack.apis[0]?.pid ?? 0,
    };
    const response = await fetch(ours.url, { headers: ours.headers });
    const body = Buffer.from(await response.arrayBuffer());
    const theirs: Target = { url: await bare.serve(body), headers: ours.headers, pid: bare.pid };

    const costs = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < pace.rounds; round++) {
      costs.ours.push(await cpuPerRequest(ours, pace.roundMs));
      costs.theirs.push(await cpuPerRequest(theirs, pace.roundMs));
    }
    return [
      toRow({ name: "http/flags", unit: "µs CPU per request", against: "bare node:http, same bytes", goal: 0.85, ...costs }),
    ];
  } finally {
    bare.stop();
    await stack.stop();
  }
}

/** In microseconds of user and system time. */
async function cpuPerRequest({ url, headers, pid }: Target, ms: number): Promise<number> {
  await load(url, headers, Math.max(500, ms / 3));
  const before = cpuMs(pid);
  const done = await load(url, headers, ms);
  return ((cpuMs(pid) - before) * 1_000) / done;
}

/** @returns requests that were answered with 200 */
async function load(url: string, headers: Record<string, string>, ms: number): Promise<number> {
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: Math.ceil(ms / 1_000) });
  if (result.errors > 0 || result.non2xx > 0)
    throw new Error(`${result.errors} errors and ${result.non2xx} bad answers from ${url}`);
  return result["2xx"];
}

/** A `node:http` server in a process of its own that sends one buffer. */
function startBare() {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL("bare-server.mjs", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return {
    pid: child.pid ?? 0,
    serve: async (body: Buffer): Promise<string> => {
      child.stdin?.end(body);
      if (!child.stdout) throw new TypeError("The bare server has no output.");
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      return line.toString().trim();
    },
    stop: () => child.kill(),
  };
}
