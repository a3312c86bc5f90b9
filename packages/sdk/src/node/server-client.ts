import { AsyncLocalStorage } from "node:async_hooks";
import type { EnvironmentEvent, EnvironmentInput } from "@halyard/contracts";
import { splitContext } from "../context.ts";
import { HalyardError } from "../errors.ts";
import { createFeed } from "../feed.ts";
import { createListeners, type Listeners } from "../listeners.ts";
import { type ConnectionOptions, checkConnectionOptions, wrong } from "../options.ts";
import { epochOf, versionOf } from "../position.ts";
import { createReadiness, type Readiness } from "../readiness.ts";
import type { Runtime } from "../runtime.ts";
import type { EvaluationContext, Source, Status } from "../types.ts";
import { createAnalytics } from "./analytics.ts";
import { decodeEnvironmentEvent } from "./decode.ts";
import { createDiskCache } from "./disk-cache.ts";
import { changedDefinitions } from "./environment-state.ts";
import { createEnvironmentStore } from "./environment-store.ts";
import { nodeRuntime } from "./runtime.ts";
import { createView, type View } from "./view.ts";

export type ServerClientOptions = ConnectionOptions & {
  /** Folder that keeps the environment for a start without the server. Needs a key that is a text. */
  readonly cacheDir?: string;
  /** False does not tell the server how often each flag is read. @default true */
  readonly analytics?: boolean;
};

export interface ServerClient {
  /** Waits for the server's values, its refusal of the key, or the time limit; never rejects. */
  ready: Readiness["ready"];
  /** How things stand with the server; `on("status")` tells when that changes. */
  readonly status: () => Status;
  /** Flags of one context, pinned to the version of this moment: one view for the length of one request. */
  readonly for: (context: EvaluationContext) => View;
  /** Runs something with `current()` giving this context's view, also after every `await` in it. */
  readonly run: <T>(context: EvaluationContext, fn: () => T) => T;
  /** The view of the innermost `run`; outside of any, a view of nobody. */
  readonly current: () => View;
  /** Waits until the environment is at this version or a later one; false when the time is over first. Never rejects. */
  readonly waitFor: (version: string, options?: { readonly timeoutMs?: number }) => Promise<boolean>;
  /** `change`: flags whose definition differs, one batch per version. `status`, `error`. Returns the function that ends it. */
  on: Listeners["on"];
  /** Delivers what is left to deliver, for 2 seconds at most, and ends everything. Existing views stay. */
  readonly close: () => Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A client for programs that serve many people: holds the environment's rules and decides locally, without a request per read.
 *
 * @throws TypeError for wrong options, with the value received; nothing throws after that
 */
export function createServerClient(options: ServerClientOptions, runtimeParts: Partial<Runtime> = {}): ServerClient {
  const { url, pollIntervalMs } = checkConnectionOptions(options);
  const { key, cacheDir, defaults = {} } = options;
  if (cacheDir !== undefined && (typeof cacheDir !== "string" || cacheDir === "")) throw wrong("cacheDir", "a folder", cacheDir);
  const analyticsOption: unknown = options.analytics;
  if (analyticsOption !== undefined && typeof analyticsOption !== "boolean")
    throw wrong("analytics", "true or false", analyticsOption);
  if (cacheDir !== undefined && typeof key !== "string") throw wrong("key", "a text where `cacheDir` is given", key);

  const runtime = { ...nodeRuntime(), ...runtimeParts };
  const listeners = createListeners();
  const fail = (error: HalyardError) => listeners.emit("error", error);
  const readiness = createReadiness({ runtime, listeners, source: () => source });
  const disk =
    cacheDir !== undefined && typeof key === "string"
      ? createDiskCache({ runtime, directory: cacheDir, owner: `${url} ${key}`, failed: fail })
      : undefined;
  const analytics =
    options.analytics === false
      ? undefined
      : createAnalytics({ runtime, url, key: () => (typeof key === "string" ? key : key()), failed: fail });
  const scope = new AsyncLocalStorage<View>();

  let source: Source = "default";
  let confirmedAt: number | null = null;
  /** How the server is reached; told only once its values can be read. */
  let reachedBy: "live" | "polling" | undefined;
  let expected: (() => void)[] = [];

  const store = createEnvironmentStore({
    confirmed(origin, next, before) {
      source = origin;
      if (origin === "live") confirmedAt = runtime.now();
      if (next === undefined) return;
      if (origin === "live") disk?.save(next);
      for (const check of [...expected]) check();
      const keys = changedDefinitions(before, next);
      if (keys.length > 0) listeners.emit("change", { keys, version: versionOf(next) });
    },
    resumed(hasGap) {
      if (readiness.status() === "closed") return;
      if (hasGap) feed.restart();
      else if (reachedBy !== undefined) readiness.set(reachedBy);
    },
    failed: fail,
  });
  loadFromDisk();

  const feed = createFeed<EnvironmentEvent>({
    runtime,
    url,
    key,
    pollIntervalMs,
    path: "environment",
    input(isFresh): EnvironmentInput {
      const lastEventId = isFresh ? undefined : store.state()?.position;
      return { parts: true, ...(lastEventId !== undefined && { lastEventId }) };
    },
    decode: decodeEnvironmentEvent,
    receive: (event) => store.receive(event, "live"),
    position: () => (source === "live" ? store.state()?.position : undefined),
    connected(how) {
      reachedBy = how;
      if (!store.isWaiting()) readiness.set(how);
    },
    paused() {
      reachedBy = undefined;
      readiness.pause(store.state() !== undefined);
    },
    failed(error) {
      reachedBy = undefined;
      readiness.fail(error, store.state() !== undefined);
      fail(error);
    },
  });

  function loadFromDisk(): void {
    const saved = disk?.load();
    if (saved === undefined) return;
    try {
      const event = decodeEnvironmentEvent(saved.event);
      if (event === undefined) return;
      confirmedAt = runtime.now() - saved.ageMs;
      store.receive(event, "disk");
    } catch (cause) {
      fail(new HalyardError("CACHE", "The environment on disk cannot be read; it is replaced by the server's.", { cause }));
    }
  }

  function viewOf(context: EvaluationContext): View {
    const pinned = readiness.status() === "closed" ? undefined : store.state();
    return createView({
      state: pinned,
      context: splitContext(context),
      defaults,
      source: pinned ? source : "default",
      ageMs: () => (confirmedAt === null || pinned === undefined ? null : runtime.now() - confirmedAt),
      read: (read) => analytics?.record(read),
    });
  }

  function hasReached(version: string): boolean {
    const [epoch, number] = version.split(":");
    const state = store.state();
    return state !== undefined && epochOf(state.position) === epoch && state.to >= Number(number);
  }

  async function waitFor(version: string, { timeoutMs = 5000 } = {}): Promise<boolean> {
    if (hasReached(version) || readiness.status() === "closed") return hasReached(version);
    await new Promise<void>((resolve) => {
      const end = () => {
        cancel();
        expected = expected.filter((other) => other !== check);
        resolve();
      };
      const check = () => {
        if (hasReached(version) || readiness.status() === "closed") end();
      };
      const cancel = runtime.after(timeoutMs, end);
      expected.push(check);
    });
    return hasReached(version);
  }

  async function close(): Promise<void> {
    if (readiness.status() === "closed") return;
    feed.close();
    readiness.close();
    for (const check of [...expected]) check();
    await Promise.all([analytics?.close(), disk?.flush()]);
    listeners.clear();
  }

  return {
    ready: readiness.ready,
    status: readiness.status,
    for: viewOf,
    run: (context, fn) => scope.run(viewOf(context), fn),
    current: () => scope.getStore() ?? viewOf({}),
    waitFor,
    on: listeners.on,
    close,
    [Symbol.asyncDispose]: close,
  };
}
