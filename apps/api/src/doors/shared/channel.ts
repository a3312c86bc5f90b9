import type { ServerResponse } from "node:http";
import type { EnvironmentState, Hub, HubChange } from "../../features/delivery/index.ts";

/** Whoever hears of a change asks for the flags, so a burst of changes is told of at most this often. */
const CHANGES_MS = 200;
/** Changes of single identities make everybody ask again, too. */
const IDENTITY_CHANGES_MS = 1_000;
/** Listeners are told in slices with pauses, so that not all of them ask in the same moment: 5,000 a second. */
const SLICE = 250;
const PAUSE_MS = 50;
/** A listener that has not taken this much is gone; an event is 200 bytes at most. */
const MAX_UNSENT_BYTES = 64 * 1024;

/** Everybody who listens with one key to the news that something changed. An event is encoded once for all. */
export interface Channel {
  /** @param hasNewest it resumed, and missed nothing */
  add(listener: ServerResponse, hasNewest?: boolean): void;
  /** A comment, so that proxies keep the connection and clients hear nothing. */
  beat(): void;
  close(): void;
}

export interface ChannelOptions {
  readonly eventOf: (state: EnvironmentState) => string;
  /** The newest event again after so long, for clients that may have dropped it or asked too early. */
  readonly repeatsMs: readonly number[];
  readonly isKeyGood: () => boolean;
  /** One more, or one fewer. */
  readonly onListeners: (change: 1 | -1) => void;
  /** Called once, when the last listener is gone. */
  readonly onEmpty: () => void;
}

export function openChannel(hub: Hub, options: ChannelOptions): Channel {
  const { eventOf, repeatsMs, isKeyGood, onListeners, onEmpty } = options;
  const listeners = new Set<ServerResponse>();
  /** Who has not been told of the newest state; whoever waits longest comes first. */
  const waiting = new Set<ServerResponse>();
  const timers = new Set<NodeJS.Timeout>();
  let repeats: readonly NodeJS.Timeout[] = [];
  let postponed: NodeJS.Timeout | undefined;
  let pause: NodeJS.Timeout | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  let newest: { readonly state: EnvironmentState; readonly bytes: Buffer } | undefined;
  let isOver = false;
  const unsubscribe = hub.subscribe(hear);

  function hear(change: HubChange): void {
    const wait = toldAt + (isOnlyOfIdentities(change) ? IDENTITY_CHANGES_MS : CHANGES_MS) - performance.now();
    if (wait <= 0) tellNow();
    else if (!isOnlyOfIdentities(change) || postponed === undefined) postpone(wait);
  }

  /** A change of a flag does not wait for one of an identity. */
  function postpone(wait: number): void {
    cancel(postponed);
    postponed = after(wait, tellNow);
  }

  function tellNow(): void {
    cancel(postponed);
    postponed = undefined;
    toldAt = performance.now();
    for (const timer of repeats) cancel(timer);
    repeats = repeatsMs.map((delay) => after(delay, tell));
    tell();
  }

  function tell(): void {
    for (const listener of listeners) waiting.add(listener);
    if (pause === undefined) sendSlice();
  }

  function sendSlice(): void {
    pause = undefined;
    if (!isKeyGood()) {
      close();
      return;
    }
    let left = SLICE;
    for (const listener of waiting) {
      if (left-- === 0) break;
      waiting.delete(listener);
      send(listener, bytesNow());
    }
    if (waiting.size > 0) pause = after(PAUSE_MS, sendSlice);
  }

  function bytesNow(): Buffer {
    const state = hub.current();
    if (newest?.state !== state) newest = { state, bytes: Buffer.from(eventOf(state)) };
    return newest.bytes;
  }

  function send(listener: ServerResponse, bytes: Buffer): void {
    if (listener.writableLength > MAX_UNSENT_BYTES) listener.destroy();
    else listener.write(bytes);
  }

  function after(delay: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, delay);
    timers.add(timer.unref());
    return timer;
  }

  function cancel(timer: NodeJS.Timeout | undefined): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timers.delete(timer);
  }

  function end(): void {
    if (isOver) return;
    isOver = true;
    unsubscribe();
    for (const timer of timers) cancel(timer);
    onEmpty();
  }

  function close(): void {
    for (const listener of listeners) listener.end();
    listeners.clear();
    end();
  }

  return {
    add(listener, hasNewest = false) {
      listeners.add(listener);
      onListeners(1);
      listener.on("close", () => {
        onListeners(-1);
        waiting.delete(listener);
        if (listeners.delete(listener) && listeners.size === 0) end();
      });
      if (!hasNewest) send(listener, bytesNow());
    },
    beat() {
      // A key may have ended since, by a revision or by its date.
      if (!isKeyGood()) close();
      else for (const listener of listeners) send(listener, BEAT);
    },
    close,
  };
}

const BEAT = Buffer.from(": still here\n\n");

function isOnlyOfIdentities({ delta }: HubChange): boolean {
  return delta?.identityOverrides !== undefined && !delta.environment && !delta.flags && !delta.segments;
}
