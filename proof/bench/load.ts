import autocannon from "autocannon";
import { cpuMs, pin } from "../lib/processes.ts";
import type { Pace } from "./pace.ts";

const CONNECTIONS = 64;

/** What is asked, again and again. */
export interface Asking {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  /** One after another, from the start again after the last; or made anew for each request. */
  readonly bodies?: readonly string[] | (() => string);
  /** @default 200 */
  readonly status?: 200 | 304;
}

export interface Target {
  readonly url: string;
  readonly pid: number;
  readonly asking: Asking;
}

/** CPU of two server processes per request, in turns; wall-clock rates move too much with the machine's other work. */
export async function compareLoads(ours: Target, theirs: Target, pace: Pace) {
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
  return costs;
}

/** In microseconds of user and system time. */
async function cpuPerRequest(target: Target, ms: number): Promise<number> {
  const before = cpuMs(target.pid);
  const done = await load(target, ms);
  return ((cpuMs(target.pid) - before) * 1_000) / done;
}

/** @returns requests that were answered as they should be */
async function load({ url, asking }: Target, ms: number): Promise<number> {
  const { method, headers, bodies, status = 200 } = asking;
  const result = await autocannon({
    url,
    method,
    headers: { ...headers, ...(bodies && { "content-type": "application/json" }) },
    connections: CONNECTIONS,
    duration: Math.ceil(ms / 1_000),
    ...(bodies && { requests: requestsOf(bodies) }),
  });
  const good = result.statusCodeStats?.[`${status}`]?.count ?? 0;
  const answered = Object.values(result.statusCodeStats ?? {}).reduce((sum, { count = 0 }) => sum + count, 0);
  if (result.errors > 0 || good !== answered || good === 0)
    throw new Error(`${result.errors} errors and ${answered - good} answers other than ${status} from ${url}`);
  return good;
}

function requestsOf(bodies: NonNullable<Asking["bodies"]>): autocannon.Request[] {
  if (typeof bodies !== "function") return bodies.map((body) => ({ body }));
  return [{ setupRequest: (request) => ({ ...request, body: bodies() }) }];
}
