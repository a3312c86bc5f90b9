import { EventEmitter } from "node:events";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import type { Logger } from "pino";
import { type WebSocket, WebSocketServer } from "ws";
import { sdkRouter } from "./router.ts";
import type { StreamSocket } from "./socket.ts";
import type { StreamContext } from "./trpc.ts";

export const MAX_BATCH = 20;

/** tRPC's own handler behind a connection that answers the most frequent messages itself. */
export interface Stock {
  /** A message of the client. */
  read(data: Buffer, isBinary: boolean): void;
  close(): void;
}

export interface StockOptions {
  readonly socket: StreamSocket;
  /** Rejects with a TRPCError where the connection is to be refused. */
  readonly context: Promise<StreamContext>;
}

/** What tRPC's handler holds to be its socket. */
class Facade extends EventEmitter {
  readonly #options: StockOptions;

  constructor(options: StockOptions) {
    super();
    this.#options = options;
  }

  get readyState(): number {
    return this.#options.socket.readyState;
  }

  get context(): Promise<StreamContext> {
    return this.#options.context;
  }

  send(data: string): void {
    this.#options.socket.send(data);
  }

  close(): void {
    this.#options.socket.close();
  }
}

/** Attaches the handler, on demand: a connection with it takes twice the memory of one without. */
export function createStock(log: Logger): (options: StockOptions) => Stock {
  const handle = getWSConnectionHandler({
    // Asked for by the type, never used.
    wss: new WebSocketServer({ noServer: true }),
    router: sdkRouter,
    createContext: ({ res }) => (res as unknown as Facade).context,
    maxBatchSize: MAX_BATCH,
    onError: ({ error, path }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") log.error({ err: error, path }, "stream failed");
      else log.debug({ err: error, path }, "stream refused");
    },
  });
  return (options) => {
    const facade = new Facade(options);
    const request = Object.assign(new IncomingMessage(new Socket()), { url: "/stream" });
    // The handler uses no more of a socket than this.
    handle(facade as unknown as WebSocket, request);
    return {
      read: (data, isBinary) => void facade.emit("message", data, isBinary),
      close: () => void facade.emit("close"),
    };
  };
}
