import type { Position } from "@halyard/contracts";
import { createBackoff, STABLE_MS, slowDelay } from "./backoff.ts";
import { HalyardError, toHalyardError } from "./errors.ts";
import { poll } from "./polling.ts";
import type { Verdict } from "./position.ts";
import type { Runtime } from "./runtime.ts";
import { openStream, type Stream } from "./stream.ts";

/** Two heartbeats of the server: a connection this silent is dead, whatever TCP believes. */
export const SILENCE_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** So many attempts in a row without a single event, and we poll. */
const FAILURES_BEFORE_POLLING = 3;
/** While polling, the socket is tried again after this, minus up to half. */
const PROBE_MS = 300_000;
/** When the server asks everyone to move, clients go one by one within this. */
const MOVE_SPREAD_MS = 5000;

export interface FeedOptions<E> {
  readonly runtime: Runtime;
  readonly url: string;
  readonly key: string | (() => string | Promise<string>);
  readonly path: "flags" | "environment";
  readonly pollIntervalMs: number;
  /** What to subscribe with now; with `isFresh`, without a position to resume from. */
  readonly input: (isFresh: boolean) => object;
  /** `undefined`: of a kind we do not know. @throws HalyardError where it cannot be right */
  readonly decode: (event: unknown) => E | undefined;
  readonly receive: (event: E) => Verdict;
  /** Where the values that reads see stand; `undefined` before the server's first. */
  readonly position: () => Position | undefined;
  readonly connected: (how: "live" | "polling") => void;
  readonly failed: (error: HalyardError) => void;
}

export interface Feed {
  /** Subscribes again, as `input` has changed. Nothing of the old subscription is received any more. */
  readonly restart: () => void;
  readonly close: () => void;
}

/** One connection, from the first attempt to its end. */
interface Link {
  stream?: Stream;
  /** When its first event came; `undefined` before. */
  liveSince?: number;
  hasGap: boolean;
  cancelWatchdog: () => void;
}

/** Keeps one subscription alive: by socket where possible, by polling where not, and never gives up. */
export function createFeed<E>(options: FeedOptions<E>): Feed {
  const { runtime } = options;
  const backoff = createBackoff(() => runtime.random());
  /** The connection that delivers. */
  let current: Link | undefined;
  /** The connection that is to become it. */
  let candidate: Link | undefined;
  let request: AbortController | undefined;
  let isPolling = false;
  let failures = 0;
  let probeAt = 0;
  let isFresh = false;
  let cancelNext = () => {};

  async function connect(): Promise<void> {
    if (runtime.openSocket === undefined) return ask();
    const link: Link = { hasGap: false, cancelWatchdog: () => {} };
    candidate = link;
    try {
      watch(link, CONNECT_TIMEOUT_MS);
      const key = await askKey();
      if (candidate !== link) return;
      link.stream = openStream({
        ...options,
        key,
        input: options.input(isFresh),
        on: {
          opened: () => watch(link, SILENCE_MS),
          data: (event) => hear(link, event),
          reconnect: () => {
            if (link === current && candidate === undefined) next(runtime.random() * MOVE_SPREAD_MS, connect);
          },
          ended: (error) => drop(link, error),
        },
      });
    } catch (cause) {
      drop(link, toHalyardError(cause, "UNREACHABLE", "No connection could be opened."));
    }
  }

  async function askKey(): Promise<string> {
    try {
      return typeof options.key === "string" ? options.key : await options.key();
    } catch (cause) {
      throw new HalyardError("KEY_UNAVAILABLE", "The function that gives the key failed.", { cause });
    }
  }

  function watch(link: Link, silenceMs: number): void {
    link.cancelWatchdog();
    link.cancelWatchdog = runtime.after(silenceMs, () =>
      drop(link, new HalyardError("UNREACHABLE", `The server was silent for ${silenceMs / 1000} s.`)),
    );
  }

  function hear(link: Link, message: unknown): void {
    if (link !== current && link !== candidate) return;
    watch(link, SILENCE_MS);
    try {
      const event = options.decode(message);
      if (event === undefined) return;
      const verdict = options.receive(event);
      if (verdict === "gap") {
        repair(link);
        return;
      }
      if (verdict === "apply") isFresh = link.hasGap = false;
    } catch (cause) {
      drop(link, toHalyardError(cause, "INVALID_MESSAGE", "The server's event could not be applied."));
      return;
    }
    if (link === candidate) adopt(link);
    const position = options.position();
    if (position !== undefined) link.stream?.confirm(position);
  }

  function adopt(link: Link): void {
    if (current !== undefined) discard(current);
    current = link;
    candidate = undefined;
    cancelNext();
    isPolling = false;
    failures = 0;
    link.liveSince = runtime.now();
    options.connected("live");
  }

  /** Asks again from where we are; if that does not help either, for everything, on another connection. */
  function repair(link: Link): void {
    if (link.hasGap) {
      isFresh = true;
      throw new HalyardError("INVALID_MESSAGE", "The server left out a change twice.");
    }
    link.hasGap = true;
    link.stream?.subscribe(options.input(isFresh));
  }

  function discard(link: Link): void {
    link.cancelWatchdog();
    link.stream?.close();
  }

  function drop(link: Link, error: HalyardError): void {
    if (link !== current && link !== candidate) return;
    discard(link);
    const wasCurrent = link === current;
    if (link === candidate) candidate = undefined;
    else current = undefined;
    // The other connection carries on: the old one while the new failed, or the new one that is under way.
    if (current !== undefined || candidate !== undefined) return;
    if (wasCurrent && runtime.now() - (link.liveSince ?? 0) >= STABLE_MS) backoff.reset();
    if (!wasCurrent) failures++;
    if (error.code === "REFUSED" || error.retryAfterMs !== undefined || failures < FAILURES_BEFORE_POLLING) {
      retry(error);
      return;
    }
    probeAt = runtime.now() + PROBE_MS * (1 - runtime.random() / 2);
    void ask();
  }

  function retry(error: HalyardError): void {
    isPolling = false;
    const delayMs = error.code === "REFUSED" ? slowDelay(() => runtime.random()) : backoff.next();
    next(Math.max(delayMs, error.retryAfterMs ?? 0), connect);
    options.failed(error);
  }

  async function ask(): Promise<void> {
    const mine = new AbortController();
    const isOver = () => mine.signal.aborted;
    request = mine;
    cancelNext();
    try {
      const key = await askKey();
      if (isOver()) return;
      const answer = await poll({ ...options, key, input: options.input(isFresh), signal: mine.signal });
      if (isOver()) return;
      const event = options.decode(answer);
      isFresh = event !== undefined && options.receive(event) === "gap";
    } catch (cause) {
      if (isOver()) return;
      request = undefined;
      retry(toHalyardError(cause, "INVALID_MESSAGE", "The server's answer could not be applied."));
      return;
    }
    request = undefined;
    backoff.reset();
    isPolling = true;
    next(options.pollIntervalMs * (0.9 + runtime.random() / 5), () => (runtime.now() < probeAt ? ask() : connect()));
    options.connected("polling");
  }

  function next(delayMs: number, step: () => Promise<void>): void {
    cancelNext();
    cancelNext = runtime.after(delayMs, () => void step());
  }

  function stop(): void {
    cancelNext();
    request?.abort();
    for (const link of [current, candidate]) if (link !== undefined) discard(link);
    current = candidate = undefined;
  }

  void connect();
  return {
    restart() {
      for (const link of [current, candidate]) link?.stream?.subscribe(options.input(isFresh));
      // While it waits to try again, the next attempt is early enough.
      if (current !== undefined || candidate !== undefined || (!isPolling && request === undefined)) return;
      request?.abort();
      void ask();
    },
    close: stop,
  };
}
