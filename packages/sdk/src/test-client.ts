import type { FlagResult } from "@halyard/contracts";
import type { JsonValue } from "@halyard/evaluator/model";
import type { Client } from "./client.ts";
import { freeze, kindOf } from "./json.ts";
import { createListeners } from "./listeners.ts";
import { versionOf } from "./position.ts";
import { createReader } from "./reader.ts";
import { changedKeys, type FlagState } from "./store.ts";
import type { Defaults, FlagKey, FlagValue, Status } from "./types.ts";
import { createWatchers } from "./watchers.ts";

export type TestValues = { readonly [K in FlagKey]?: FlagValue<K> };

export interface TestClient extends Client {
  /** Changes one flag, as a change on the server would. A boolean turns it on or off; any other value turns it on. */
  readonly set: <K extends FlagKey>(key: K, value: Exclude<FlagValue<K>, undefined>) => void;
  /** Turns a flag off: one with a value then answers with its coded default. */
  readonly disable: (key: FlagKey) => void;
  /** Keys that were read, in the order of their first read. */
  readonly reads: () => readonly string[];
}

/** A client of flags that the test states: same reads, same off, same events; no network and no timers. */
export function testClient(values: TestValues = {}, options: { readonly defaults?: Defaults } = {}): TestClient {
  const listeners = createListeners();
  const reads = new Set<string>();
  let status: Status = "live";
  let shown: FlagState = {
    to: 1,
    position: "test:1",
    flags: new Map(Object.entries(values).map(([key, value]) => [key, resultOf(value)])),
  };

  const reader = createReader({
    defaults: options.defaults ?? {},
    lookup(key) {
      reads.add(key);
      return shown.flags.get(key);
    },
    state: () => ({ isReady: status !== "closed", version: versionOf(shown), source: "live", ageMs: 0 }),
  });
  const quiet = createReader({
    defaults: options.defaults ?? {},
    lookup: (key) => shown.flags.get(key),
    state: () => ({ isReady: true, version: versionOf(shown), source: "live", ageMs: 0 }),
  });
  // Comparing on a change is no read by the program.
  const watchers = createWatchers(quiet, listeners);

  function put(key: string, result: FlagResult): void {
    if (status === "closed") return;
    const before = shown;
    const to = before.to + 1;
    shown = { to, position: `test:${to}`, flags: new Map(before.flags).set(key, result) };
    const keys = changedKeys(before, shown);
    if (keys.length === 0) return;
    watchers.notify();
    listeners.emit("change", { keys, version: versionOf(shown) });
  }

  function close(): Promise<void> {
    if (status !== "closed") {
      status = "closed";
      listeners.emit("status", status);
    }
    watchers.clear();
    listeners.clear();
    return Promise.resolve();
  }

  return {
    ...reader,
    ready: () => Promise.resolve({ source: "live" }),
    status: () => status,
    watch(key, listener) {
      reads.add(key);
      return watchers.watch(key, listener);
    },
    on: listeners.on,
    setContext: () => Promise.resolve(),
    fork: () => testClient(values, options),
    close,
    [Symbol.asyncDispose]: close,
    set: (key, value) => put(key, resultOf(value)),
    disable(key) {
      const earlier = shown.flags.get(key) ?? resultOf(false);
      put(key, { ...earlier, enabled: false, reason: "DISABLED", ...(earlier.valueType === "boolean" && { value: false }) });
    },
    reads: () => [...reads],
  };
}

function resultOf(value: JsonValue | undefined): FlagResult {
  const kind = kindOf(value);
  const known = value ?? null;
  if (kind === "boolean") {
    return {
      enabled: value === true,
      valueType: kind,
      value: known,
      variant: null,
      reason: value === true ? "DEFAULT" : "DISABLED",
    };
  }
  const valueType = kind === "string" || kind === "number" ? kind : "json";
  return { enabled: true, valueType, value: freeze(known), variant: null, reason: "DEFAULT" };
}
