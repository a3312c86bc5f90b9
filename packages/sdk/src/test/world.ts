import type { FlagResult, FlagsChanges, FlagsFull, Heartbeat } from "@halyard/contracts";
import type { JsonValue } from "@halyard/evaluator/model";
import { type Client, createClient } from "../client.ts";
import type { HalyardError } from "../errors.ts";
import { nodeRuntime } from "../node/runtime.ts";
import type { ClientOptions } from "../options.ts";
import type { Runtime } from "../runtime.ts";
import type { Change, Status } from "../types.ts";
import { type Clock, createClock } from "./clock.ts";
import { type FaultServer, startFaultServer } from "./server.ts";

export interface Heard {
  readonly changes: Change[];
  readonly statuses: Status[];
  readonly errors: HalyardError[];
}

export interface World {
  readonly server: FaultServer;
  readonly clock: Clock;
  readonly storage: Map<string, string>;
  /** A client of the server, and all that it ever said. */
  readonly join: (
    options?: Partial<ClientOptions>,
    parts?: Partial<Runtime>,
  ) => { readonly client: Client; readonly heard: Heard };
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** A server that fails as told, a clock that stands, and chance that is always one half. */
export async function createWorld(): Promise<World> {
  const server = await startFaultServer();
  const clock = createClock();
  const storage = new Map<string, string>();
  const clients: Client[] = [];
  return {
    server,
    clock,
    storage,
    join(options, parts) {
      const client = createClient({ url: server.url, key: "env_test", ...options }, { ...partsOf(clock, storage), ...parts });
      clients.push(client);
      return { client, heard: listen(client) };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.close()));
      await server[Symbol.asyncDispose]();
    },
  };
}

export function partsOf(clock: Clock, storage: Map<string, string>): Partial<Runtime> {
  return {
    openSocket: nodeRuntime().openSocket,
    storage: { getItem: (name) => storage.get(name) ?? null, setItem: (name, value) => void storage.set(name, value) },
    now: clock.now,
    wallNow: clock.wallNow,
    after: clock.after,
    random: () => 0.5,
    watchSurroundings: () => () => {},
  };
}

export function listen(client: Pick<Client, "on">): Heard {
  const heard: Heard = { changes: [], statuses: [], errors: [] };
  client.on("change", (change) => heard.changes.push(change));
  client.on("status", (status) => heard.statuses.push(status));
  client.on("error", (error) => heard.errors.push(error));
  return heard;
}

export function full(to: number, values: Readonly<Record<string, JsonValue>>, epoch = "e1"): FlagsFull {
  return { type: "full", to, position: `${epoch}:${to}:aaaaaaaa`, flags: resultsOf(values) };
}

export function changes(
  [from, to]: readonly [number, number],
  values: Readonly<Record<string, JsonValue>>,
  removed: readonly string[] = [],
): FlagsChanges {
  return { type: "changes", from, to, position: `e1:${to}:aaaaaaaa`, changed: resultsOf(values), removed };
}

export function heartbeat(to: number): Heartbeat {
  return { type: "heartbeat", to, position: `e1:${to}:aaaaaaaa` };
}

export function resultsOf(values: Readonly<Record<string, JsonValue>>): Record<string, FlagResult> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, resultOf(value)]));
}

export function resultOf(value: JsonValue): FlagResult {
  const kind = typeof value;
  if (kind === "boolean") return { enabled: value === true, valueType: kind, value, variant: null, reason: "DEFAULT" };
  return {
    enabled: true,
    valueType: kind === "string" || kind === "number" ? kind : "json",
    value,
    variant: null,
    reason: "DEFAULT",
  };
}
