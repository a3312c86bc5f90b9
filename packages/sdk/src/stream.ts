import { type Confirmations, createConfirmations } from "./confirmations.ts";
import { failureOf, HalyardError, parseRetryAfter } from "./errors.ts";
import { isRecord } from "./json.ts";
import type { Runtime, SocketEnd } from "./runtime.ts";

export interface StreamHandlers {
  readonly opened: () => void;
  /** One event of the current subscription, not yet decoded. */
  readonly data: (event: unknown) => void;
  /** The server would like us on another connection; this one works until then. */
  readonly reconnect: () => void;
  /** At most once, and not after `close`. */
  readonly ended: (error: HalyardError) => void;
}

export interface StreamOptions {
  readonly runtime: Runtime;
  readonly url: string;
  readonly key: string;
  readonly path: string;
  readonly input: object;
  readonly on: StreamHandlers;
}

export interface Stream {
  /** Replaces the subscription by another with this input; events of the old one are no longer heard. */
  readonly subscribe: (input: object) => void;
  /** Tells the server, soon and where it wants to know, that everything up to this position is applied. */
  readonly confirm: Confirmations["confirm"];
  readonly close: () => void;
}

/** Close codes of a key that is unknown, of the wrong kind, or against the server's policy. */
const REFUSED_CODES = [4401, 4403, 1008];
/** JSON-RPC's codes of tRPC's UNAUTHORIZED and FORBIDDEN. */
const REFUSED_RPC_CODES = [-32001, -32003];
/** Apart from those of subscriptions, which count from 1 in all clients, so that servers can share frames among them. */
const CONFIRMATION_ID = 0;

/**
 * One connection that speaks tRPC's WebSocket protocol, as far as one subscription needs it.
 *
 * @throws what the platform's WebSocket throws
 */
export function openStream(options: StreamOptions): Stream {
  const { runtime, on } = options;
  let { input } = options;
  let id = 0;
  let isOpen = false;
  let isOver = false;

  const confirmations = createConfirmations(runtime, (position) =>
    send({ id: CONFIRMATION_ID, method: "mutation", params: { input: { position }, path: "ack" } }),
  );
  const socket = runtime.openSocket?.(`${options.url.replace(/^http/, "ws")}/stream?connectionParams=1`, {
    open() {
      if (isOver) return;
      isOpen = true;
      send({ method: "connectionParams", data: { key: options.key } });
      request();
      on.opened();
    },
    text(message) {
      if (isOver) return;
      if (message === "PING") socket?.send("PONG");
      // Anything else that is no JSON object is of a kind we do not know yet.
      if (message.startsWith("{")) read(message);
    },
    closed: (end) => finish(failureOfEnd(end, runtime.wallNow())),
  });

  function request(): void {
    send({ id: ++id, method: "subscription", params: { input, path: options.path } });
  }

  function send(message: object): void {
    socket?.send(JSON.stringify(message));
  }

  function read(text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch (cause) {
      finish(new HalyardError("INVALID_MESSAGE", "The server sent malformed JSON; it was not applied.", { cause }));
      return;
    }
    if (!isRecord(message)) return;
    if (message["id"] === CONFIRMATION_ID) {
      confirmations.answered(!("error" in message));
      return;
    }
    const isOurs = message["id"] === id;
    if (isRecord(message["error"]) && (isOurs || message["id"] === null)) finish(failureOfRpc(message["error"]));
    else if (message["method"] === "reconnect") on.reconnect();
    else if (isOurs && isRecord(message["result"])) readResult(message["result"]);
  }

  function readResult(result: Record<string, unknown>): void {
    if (result["type"] === "stopped") finish(new HalyardError("UNREACHABLE", "The server ended the subscription."));
    // A tracked event is wrapped in its id.
    if (result["type"] === "data") on.data(isRecord(result["data"]) ? result["data"]["data"] : undefined);
  }

  function finish(error: HalyardError): void {
    if (isOver) return;
    close();
    on.ended(error);
  }

  function close(): void {
    isOver = true;
    confirmations.close();
    socket?.close();
  }

  return {
    subscribe(next) {
      input = next;
      if (!isOpen || isOver) return;
      send({ id, method: "subscription.stop" });
      request();
    },
    confirm: confirmations.confirm,
    close,
  };
}

function failureOfEnd({ code, reason, retryAfter }: SocketEnd, wallNow: number): HalyardError {
  const status = REFUSED_CODES.includes(code) ? 401 : code;
  return failureOf(
    status,
    `The connection ended with ${code}${reason ? ` (${reason})` : ""}.`,
    parseRetryAfter(retryAfter, wallNow),
  );
}

function failureOfRpc(error: Record<string, unknown>): HalyardError {
  const data = isRecord(error["data"]) ? error["data"] : {};
  const status = REFUSED_RPC_CODES.includes(Number(error["code"])) ? 401 : Number(data["httpStatus"]);
  return failureOf(status, `The server refused the subscription: ${String(error["message"])}`);
}
