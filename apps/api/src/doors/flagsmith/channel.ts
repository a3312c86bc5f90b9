import type { ServerResponse } from "node:http";
import type { Hub, HubChange } from "../../features/delivery/index.ts";
import { seconds } from "./headers.ts";

/** Changes of single identities make everybody ask again, so they are told of at most this often. */
const IDENTITY_CHANGES_MS = 1_000;
/** The newest event again: a client drops it while it is fetching, and one on another node may have fetched too early. */
const REPEATS_MS = [1_000, 5_000];
/** A listener that has not taken this much is gone; an event is 70 bytes. */
const MAX_UNSENT_BYTES = 64 * 1024;

/** Everybody who listens with one key. An event is encoded once for all. */
export interface Channel {
  add(listener: ServerResponse): void;
  /** A comment, so that proxies keep the connection and clients hear nothing. */
  beat(): void;
  close(): void;
}

interface ChannelOptions {
  readonly isKeyGood: () => boolean;
  readonly onEmpty: () => void;
}

export function openChannel(hub: Hub, { isKeyGood, onEmpty }: ChannelOptions): Channel {
  const listeners = new Set<ServerResponse>();
  const timers = new Set<NodeJS.Timeout>();
  let postponed: NodeJS.Timeout | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  let isOver = false;
  const unsubscribe = hub.subscribe(hear);

  function hear(change: HubChange): void {
    const wait = isOnlyOfIdentities(change) ? toldAt + IDENTITY_CHANGES_MS - performance.now() : 0;
    if (wait <= 0) tell();
    else postponed ??= after(wait, tell);
  }

  function tell(): void {
    if (postponed) cancel(postponed);
    postponed = undefined;
    toldAt = performance.now();
    for (const timer of timers) cancel(timer);
    for (const delay of REPEATS_MS) after(delay, () => sendIfAllowed(eventOf(hub)));
    sendIfAllowed(eventOf(hub));
  }

  /** A key may have ended since, by a revision or by its date. */
  function sendIfAllowed(text: string): void {
    if (isKeyGood()) send(text);
    else close();
  }

  function send(text: string): void {
    for (const listener of listeners) {
      if (listener.writableLength > MAX_UNSENT_BYTES) listener.destroy();
      else listener.write(text);
    }
  }

  function after(delay: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, delay);
    timers.add(timer.unref());
    return timer;
  }

  function cancel(timer: NodeJS.Timeout): void {
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
    add(listener) {
      listeners.add(listener);
      listener.on("close", () => {
        if (listeners.delete(listener) && listeners.size === 0) end();
      });
      listener.write(eventOf(hub));
    },
    beat: () => sendIfAllowed(": still here\n\n"),
    close,
  };
}

function eventOf(hub: Hub): string {
  return `event: environment_updated\ndata: {"updated_at": ${seconds(hub.current().updatedAt)}}\n\n`;
}

function isOnlyOfIdentities({ delta }: HubChange): boolean {
  return delta !== undefined && !delta.environment && !delta.flags && !delta.segments;
}
