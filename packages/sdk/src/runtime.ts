import { type Surrounding, watchWebSurroundings } from "./surroundings.ts";

export interface SocketHandlers {
  readonly open: () => void;
  readonly text: (message: string) => void;
  /** At most once. */
  readonly closed: (end: SocketEnd) => void;
}

export interface SocketEnd {
  /** WebSocket close code, or the HTTP status where the server refused the upgrade and the platform tells. */
  readonly code: number;
  readonly reason?: string;
  readonly retryAfter?: string | undefined;
}

export interface Socket {
  readonly send: (message: string) => void;
  readonly close: () => void;
}

/** What a client takes from its surroundings. Replace parts of it in tests and on unusual platforms. */
export interface Runtime {
  readonly fetch: typeof fetch;
  /** `undefined` where there are no WebSockets: the client then polls. May throw. */
  readonly openSocket: ((url: string, on: SocketHandlers) => Socket) | undefined;
  /** Tells of the page and the network; returns the function that ends it. */
  readonly watchSurroundings: (on: (what: Surrounding) => void) => () => void;
  readonly storage: Pick<Storage, "getItem" | "setItem"> | undefined;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Milliseconds since 1970, to compare with other runs. */
  readonly wallNow: () => number;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Runs something once after some milliseconds, unless the function that it returns is called first. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** Platforms take longer delays for none at all. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export function webRuntime(): Runtime {
  return {
    fetch: (input, init) => fetch(input, init),
    openSocket: typeof WebSocket === "undefined" ? undefined : openWebSocket,
    watchSurroundings: watchWebSurroundings,
    storage: findLocalStorage(),
    now: () => performance.now(),
    wallNow: () => Date.now(),
    random: () => Math.random(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, Math.min(delayMs, MAX_DELAY_MS));
      return () => clearTimeout(timer);
    },
  };
}

function openWebSocket(url: string, on: SocketHandlers): Socket {
  const socket = new WebSocket(url);
  socket.onopen = () => on.open();
  // Binary frames are not part of the protocol; an empty text is a message of unknown kind.
  socket.onmessage = ({ data }) => on.text(typeof data === "string" ? data : "");
  socket.onclose = ({ code, reason }) => on.closed({ code, reason });
  return { send: (message) => socket.send(message), close: () => socket.close() };
}

function findLocalStorage(): Storage | undefined {
  try {
    // Workers have none, and Node's warns when it is only looked at.
    return typeof window === "undefined" ? undefined : window.localStorage;
  } catch {
    // Reading the property throws where the visitor blocks storage: the client then starts without a cache.
    return undefined;
  }
}
