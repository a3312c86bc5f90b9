import type { Position } from "@halyard/contracts";
import { HalyardError, toHalyardError } from "./errors.ts";
import { createParts } from "./parts.ts";
import type { Runtime } from "./runtime.ts";
import { openStream, type Stream } from "./stream.ts";

/** Two heartbeats of the server: a connection this silent is dead, whatever TCP believes. */
export const SILENCE_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;

export interface LinkOptions {
  readonly runtime: Runtime;
  readonly url: string;
  readonly path: string;
  /** A WebSocket, or else server-sent events. */
  readonly isSocket: boolean;
  readonly key: () => Promise<string>;
  /** What to subscribe with once there is a key. */
  readonly input: () => object;
  readonly on: LinkHandlers;
}

interface LinkHandlers {
  /** One event, not yet decoded. What it throws ends the link. */
  readonly event: (event: unknown) => void;
  /** The server would like us on another connection; this one works until then. */
  readonly reconnect: () => void;
  /** At most once, and not after `close`. */
  readonly ended: (error: HalyardError) => void;
}

/** One connection, from the first attempt to its end. */
export interface Link {
  readonly isSocket: boolean;
  /** Replaces the subscription; events of the old one are no longer heard. */
  readonly subscribe: (input: object) => void;
  readonly confirm: (position: Position) => void;
  readonly close: () => void;
}

export function openLink(options: LinkOptions): Link {
  const { runtime, isSocket, on } = options;
  const parts = createParts();
  let stream: Stream | undefined;
  let isOver = false;
  let cancelWatchdog = () => {};

  const isClosed = () => isOver;

  async function open(): Promise<void> {
    watch(CONNECT_TIMEOUT_MS);
    try {
      const key = await options.key();
      if (isClosed()) return;
      // Few need more than sockets, so the rest is loaded by those who do.
      const openWay = isSocket ? openStream : (await import("./server-sent-events.ts")).openServerSentEvents;
      if (isClosed()) return;
      stream = openWay({
        ...options,
        key,
        input: options.input(),
        on: { opened: () => watch(SILENCE_MS), data: hear, reconnect: on.reconnect, ended: fail },
      });
    } catch (cause) {
      fail(toHalyardError(cause, "UNREACHABLE", "No connection could be opened."));
    }
  }

  function watch(silenceMs: number): void {
    cancelWatchdog();
    cancelWatchdog = runtime.after(silenceMs, () =>
      fail(new HalyardError("UNREACHABLE", `The server was silent for ${silenceMs / 1000} s.`)),
    );
  }

  function hear(message: unknown): void {
    if (isOver) return;
    watch(SILENCE_MS);
    try {
      for (const event of parts(message)) on.event(event);
    } catch (cause) {
      fail(toHalyardError(cause, "INVALID_MESSAGE", "The server's event could not be applied."));
    }
  }

  function fail(error: HalyardError): void {
    if (isOver) return;
    close();
    on.ended(error);
  }

  function close(): void {
    isOver = true;
    cancelWatchdog();
    stream?.close();
  }

  void open();
  return {
    isSocket,
    subscribe: (input) => stream?.subscribe(input),
    confirm: (position) => stream?.confirm(position),
    close,
  };
}
