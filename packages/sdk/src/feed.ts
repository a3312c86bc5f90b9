import type { Position } from "@halyard/contracts";
import { createBackoff, STABLE_MS, slowDelay } from "./backoff.ts";
import { HalyardError, toHalyardError } from "./errors.ts";
import { type Link, openLink } from "./link.ts";
import { watchPauses } from "./pauses.ts";
import type { Verdict } from "./position.ts";
import type { Runtime } from "./runtime.ts";

/** So many sockets in a row without a single event, and we try server-sent events, and where those fail, polling. */
const FAILURES_BEFORE_LESS = 3;
/** While there is something, but no socket, a socket is tried again after this, minus up to half. */
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
  /** Nothing is tried until someone looks, or the network is back. */
  readonly paused: () => void;
  readonly failed: (error: HalyardError) => void;
}

export interface Feed {
  /** Subscribes again, as `input` has changed. Nothing of the old subscription is received any more. */
  readonly restart: () => void;
  readonly close: () => void;
}

/** Keeps one subscription alive: by socket where possible, else by server-sent events, else by polling, and never gives up. */
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
  /** Sockets are known not to work until then. */
  let probeAt = 0;
  let isFresh = false;
  /** A change was missing on the current connection, and it was asked for again. */
  let hasGap = false;
  /** When the first event of the current connection came. */
  let liveSince = 0;
  let cancelNext = () => {};

  function connect(): void {
    open(runtime.openSocket !== undefined && runtime.now() >= probeAt);
  }

  function open(isSocket: boolean): void {
    const link = openLink({
      ...options,
      isSocket,
      key: askKey,
      input: () => options.input(isFresh),
      on: {
        event: (event) => hear(link, event),
        reconnect: () => {
          if (link === current && candidate === undefined) next(runtime.random() * MOVE_SPREAD_MS, connect);
        },
        ended: (error) => drop(link, error),
      },
    });
    candidate = link;
  }

  async function askKey(): Promise<string> {
    try {
      return typeof options.key === "string" ? options.key : await options.key();
    } catch (cause) {
      throw new HalyardError("KEY_UNAVAILABLE", "The key function failed.", { cause });
    }
  }

  /** @throws HalyardError where the event cannot be right */
  function hear(link: Link, message: unknown): void {
    const event = options.decode(message);
    if (event === undefined) return;
    const verdict = options.receive(event);
    if (verdict === "gap") {
      repair(link);
      return;
    }
    if (verdict === "apply") isFresh = hasGap = false;
    if (link === candidate) adopt(link);
    const position = options.position();
    if (position !== undefined) link.confirm(position);
  }

  function adopt(link: Link): void {
    current?.close();
    current = link;
    candidate = undefined;
    cancelNext();
    isPolling = false;
    if (link.isSocket) failures = probeAt = 0;
    else if (runtime.openSocket !== undefined) probe();
    liveSince = runtime.now();
    options.connected("live");
  }

  /** Looks, beside what works, whether a socket works again. */
  function probe(): void {
    probeLater();
    next(probeAt - runtime.now(), () => open(true));
  }

  function probeLater(): void {
    if (runtime.now() >= probeAt) probeAt = runtime.now() + PROBE_MS * (1 - runtime.random() / 2);
  }

  /** Asks again from where we are; if that does not help either, for everything, on another connection. */
  function repair(link: Link): void {
    if (hasGap) {
      isFresh = true;
      throw new HalyardError("INVALID_MESSAGE", "The server left out a change twice.");
    }
    hasGap = true;
    link.subscribe(options.input(isFresh));
  }

  function drop(link: Link, error: HalyardError): void {
    hasGap = false;
    const wasCurrent = link === current;
    if (link === candidate) candidate = undefined;
    else current = undefined;
    if (current !== undefined || candidate !== undefined) {
      // The other connection carries on: the old one while the new failed, or the new one that is under way.
      if (current?.isSocket === false && runtime.openSocket !== undefined) probe();
      return;
    }
    if (wasCurrent && runtime.now() - liveSince >= STABLE_MS) backoff.reset();
    if (!wasCurrent && link.isSocket) failures++;
    const isHopeless = error.code === "REFUSED" || error.retryAfterMs !== undefined;
    if (isHopeless || wasCurrent || (link.isSocket && failures < FAILURES_BEFORE_LESS)) {
      retry(wasCurrent ? renewable(error) : error);
      return;
    }
    probeLater();
    if (link.isSocket) open(false);
    else void ask();
  }

  /** A key that was good until now and is asked for again may only have expired: that is not a refusal yet. */
  function renewable(error: HalyardError): HalyardError {
    if (error.code !== "REFUSED" || typeof options.key === "string") return error;
    return new HalyardError("UNREACHABLE", "The key expired.", { cause: error });
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
      // As with server-sent events: loaded by those who need it.
      const [key, { poll }] = await Promise.all([askKey(), import("./polling.ts")]);
      if (isOver()) return;
      const answer = await poll({ ...options, key, input: options.input(isFresh), signal: mine.signal });
      if (isOver()) return;
      const event = options.decode(answer);
      isFresh = event !== undefined && options.receive(event) === "gap";
    } catch (cause) {
      if (isOver()) return;
      request = undefined;
      // Nothing works: then it is not the sockets.
      probeAt = 0;
      retry(toHalyardError(cause, "INVALID_MESSAGE", "The server's answer could not be applied."));
      return;
    }
    request = undefined;
    backoff.reset();
    isPolling = true;
    next(options.pollIntervalMs * (0.9 + runtime.random() / 5), () => {
      if (runtime.now() < probeAt) void ask();
      else connect();
    });
    options.connected("polling");
  }

  function next(delayMs: number, step: () => void): void {
    cancelNext();
    cancelNext = runtime.after(delayMs, step);
  }

  function stop(): void {
    cancelNext();
    request?.abort();
    request = undefined;
    isPolling = false;
    for (const link of [current, candidate]) link?.close();
    current = candidate = undefined;
  }

  /** What we have may be dead without knowing it; it is replaced by what answers. */
  function reconnect(): void {
    request?.abort();
    request = undefined;
    candidate?.close();
    candidate = undefined;
    cancelNext();
    connect();
  }

  const pauses = watchPauses({
    runtime,
    pause() {
      stop();
      options.paused();
    },
    resume: connect,
    woke: reconnect,
  });
  if (!pauses.isPaused()) connect();
  return {
    restart() {
      for (const link of [current, candidate]) link?.subscribe(options.input(isFresh));
      // While it waits to try again, the next attempt is early enough.
      if (current !== undefined || candidate !== undefined || (!isPolling && request === undefined)) return;
      request?.abort();
      void ask();
    },
    close() {
      pauses.close();
      stop();
    },
  };
}
