import type { FlagsEvent, FlagsInput } from "@halyard/contracts";
import { createCache } from "./cache.ts";
import { splitContext } from "./context.ts";
import { decodeFlagsEvent } from "./decode.ts";
import { HalyardError, toHalyardError } from "./errors.ts";
import { createFeed } from "./feed.ts";
import { isRecord, isSame } from "./json.ts";
import { createListeners, type Listeners } from "./listeners.ts";
import { type ClientOptions, checkClientOptions } from "./options.ts";
import { type Verdict, versionOf } from "./position.ts";
import { createReader, type Reader } from "./reader.ts";
import { createReadiness, type Readiness } from "./readiness.ts";
import { type Runtime, webRuntime } from "./runtime.ts";
import { shareSockets } from "./shared-socket.ts";
import { advance, changedKeys, type FlagState } from "./store.ts";
import type { EvaluationContext, FlagKey, FlagValue, Source, Status } from "./types.ts";
import { createWatchers } from "./watchers.ts";

const SAVE_PAUSE_MS = 1000;

export interface Client extends Reader {
  /** Waits for the server's values, its refusal of the key, or the time limit; never rejects. Reads work before, too. */
  ready: Readiness["ready"];
  /** How things stand with the server; `on("status")` tells when that changes. */
  readonly status: () => Status;
  /** Calls back when reading this flag gives another value; returns the function that ends it. */
  readonly watch: <K extends FlagKey>(key: K, listener: (now: FlagValue<K>, before: FlagValue<K>) => void) => () => void;
  /** `change`: one batch per version. `status`, `error`. Returns the function that ends it. */
  on: Listeners["on"];
  /** Resolves when values are those of the newest context. Until then reads give what an earlier run knew of it, or the old values. */
  readonly setContext: (context: EvaluationContext) => Promise<void>;
  /** A client for another context on the same socket. Has its own listeners, keeps nothing for the next start, ends with this one. */
  readonly fork: (context: EvaluationContext) => Client;
  /** Ends everything; reads give the coded defaults. */
  readonly close: () => Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A client for one person at a time: pages, workers, edge functions. Connects at once.
 *
 * @throws TypeError for wrong options, with the value received; nothing throws after that
 */
export function createClient(options: ClientOptions, runtimeParts: Partial<Runtime> = {}): Client {
  const runtime = { ...webRuntime(), ...runtimeParts };
  return openClient(options, runtime, runtime.openSocket && shareSockets(runtime.openSocket));
}

function openClient(
  options: ClientOptions,
  surroundings: Runtime,
  openShared: ReturnType<typeof shareSockets> | undefined,
): Client {
  const runtime = { ...surroundings, openSocket: openShared?.() };
  const { url, pollIntervalMs, bootstrap } = checkClientOptions(options);
  const { key, defaults = {}, remember = false } = options;
  const cache = typeof key === "string" && options.cache !== false ? createCache(runtime, `${url} ${key}`) : undefined;
  const listeners = createListeners();
  const readiness = createReadiness({ runtime, listeners, source: () => source });

  let context = splitContext(options.context);
  /** What reads see. */
  let shown: FlagState | undefined;
  /** What the stream builds on; `undefined` until the current context's values are here. */
  let known: FlagState | undefined;
  let source: Source = "default";
  let confirmedAt: number | null = null;
  let savedAt = 0;
  const waiting: (() => void)[] = [];
  const forks = new Set<Client>();

  const reader = createReader({
    defaults,
    lookup: (flagKey) => shown?.flags.get(flagKey),
    state: () => ({
      isReady: shown !== undefined && readiness.status() !== "closed",
      version: shown ? versionOf(shown) : null,
      source,
      ageMs: confirmedAt === null ? null : runtime.now() - confirmedAt,
    }),
  });
  const watchers = createWatchers(reader, listeners);

  if (bootstrap) show(advance(undefined, bootstrap).state, "bootstrap");
  else loadCached();

  const feed = createFeed<FlagsEvent>({
    runtime,
    url,
    key,
    pollIntervalMs,
    path: "flags",
    input: (isFresh): FlagsInput => ({
      ...((context.targetingKey ?? context.attributes) !== undefined && { context }),
      ...(remember && { remember }),
      parts: true,
      ...(known && !isFresh && { lastEventId: known.position }),
    }),
    decode: decodeFlagsEvent,
    receive,
    position: () => known?.position,
    connected: (how) => readiness.set(how),
    paused() {
      readiness.pause(shown !== undefined);
    },
    failed(error) {
      readiness.fail(error, shown !== undefined);
      listeners.emit("error", error);
    },
  });

  function receive(event: FlagsEvent): Verdict {
    const { verdict, state, keys } = advance(known, event);
    if (verdict === "gap") return verdict;
    confirmedAt = runtime.now();
    source = "live";
    if (state === undefined) return verdict;
    known = state;
    show(state, "live", keys);
    // Everything at once is rare.
    save(keys === undefined);
    for (const resolve of waiting.splice(0)) resolve();
    return verdict;
  }

  /** Large environments change often, and are written as a whole: once a second is enough, and at the end. */
  function save(isUrgent = false): void {
    if (!known || (!isUrgent && runtime.now() < savedAt + SAVE_PAUSE_MS)) return;
    savedAt = runtime.now();
    try {
      cache?.save(context, known);
    } catch (cause) {
      listeners.emit("error", toHalyardError(cause, "CACHE", "The values could not be kept."));
    }
  }

  function show(state: FlagState | undefined, from: Source, keys = state && changedKeys(shown, state)): void {
    if (state === undefined || keys === undefined) return;
    shown = state;
    source = from;
    if (keys.length === 0) return;
    watchers.notify();
    listeners.emit("change", { keys, version: versionOf(state) });
  }

  function loadCached(): void {
    const cached = cache?.load(context);
    if (cached === undefined) return;
    // Not resumed from: traits that the server stores may have changed without a new version.
    confirmedAt = runtime.now() - cached.ageMs;
    show(cached.state, "disk");
  }

  async function setContext(next: EvaluationContext): Promise<void> {
    const given: unknown = next;
    if (!isRecord(given)) {
      listeners.emit("error", new HalyardError("INVALID_CONTEXT", `A context must be an object, but is ${String(given)}.`));
      return;
    }
    const wanted = splitContext(given);
    if (readiness.status() === "closed" || (isSame(wanted, context) && source === "live" && waiting.length === 0)) return;
    context = wanted;
    known = undefined;
    loadCached();
    feed.restart();
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function fork(other: EvaluationContext): Client {
    const { bootstrap: _, ...rest } = options;
    const forked = openClient({ ...rest, context: other, cache: false }, runtime, openShared);
    forks.add(forked);
    forked.on("status", (status) => {
      if (status === "closed") forks.delete(forked);
    });
    return forked;
  }

  function close(): Promise<void> {
    for (const forked of forks) void forked.close();
    save(true);
    feed.close();
    readiness.close();
    shown = known = undefined;
    source = "default";
    confirmedAt = null;
    for (const resolve of waiting.splice(0)) resolve();
    watchers.clear();
    listeners.clear();
    return Promise.resolve();
  }

  return {
    ...reader,
    ready: readiness.ready,
    status: readiness.status,
    watch: watchers.watch,
    on: listeners.on,
    setContext,
    fork,
    close,
    [Symbol.asyncDispose]: close,
  };
}
