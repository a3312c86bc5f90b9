import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { createAdmission } from "./admission.ts";
import { createAuthenticate } from "./authenticate.ts";
import { Connection } from "./connection.ts";
import { closeAll, moveAll } from "./drain.ts";
import { STREAM_LIMITS, type StreamLimits } from "./limits.ts";
import { StreamSocket } from "./socket.ts";
import { createStock } from "./stock.ts";
import { createTransfers } from "./transfers.ts";
import type { StreamServices } from "./trpc.ts";
import { createWatch } from "./watch.ts";
import { createWheel } from "./wheel.ts";

const MAX_FRAME_BYTES = 64 * 1024;
/** Whoever is turned away comes again within so many seconds, not all in the same one. */
const RETRY_SECONDS = { from: 1, to: 5 };

export interface StreamUpgrade {
  /** Takes over a request to upgrade at `/stream`. */
  (request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Takes in nobody any more, and asks everybody, one after another, to connect elsewhere; resolves when they have, or after `ms`. */
  readonly drain: (ms: number) => Promise<void>;
  /** Says goodbye to everybody; resolves when no connection is left. */
  readonly close: () => Promise<void>;
}

export interface UpgradeOptions extends StreamServices {
  readonly limits?: StreamLimits;
  /** Whose request it is, where proxies stand in between. */
  readonly addressOf?: (request: IncomingMessage) => string;
}

/** tRPC over WebSocket for SDKs. Any origin may come, as keys authenticate and cookies are not read. */
export function streamUpgrade(options: UpgradeOptions): StreamUpgrade {
  const { delivery, log, limits = STREAM_LIMITS, addressOf = peerOf } = options;
  const { counts } = delivery;
  const admission = createAdmission(limits, counts);
  const server = new WebSocketServer({
    noServer: true,
    WebSocket: StreamSocket,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const services = {
    transfers: createTransfers({ mostAtOnce: limits.transfers, deadlineMs: limits.transferSeconds * 1_000 }, counts),
    authenticate: createAuthenticate(options, admission),
    attachStock: createStock(log),
  };
  const watch = createWheel<StreamSocket>({ roundMs: 1_000, turns: 20, visit: createWatch(delivery) });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const entered = admission.enter(addressOf(request));
    if (typeof entered === "string") {
      turnAway(socket);
      return;
    }
    const isWaiting = /[?&]connectionParams=1(&|$)/.test(request.url ?? "");
    const key = request.headers["x-environment-key"];
    counts.open.connections++;
    const leave = () => {
      counts.open.connections--;
      entered();
    };
    // Until it is a WebSocket, and where it never becomes one.
    socket.once("close", leave);
    server.handleUpgrade(request, socket, head, (connected) => {
      counts.total.connections++;
      open(connected, { key: typeof key === "string" ? key : "", isWaiting });
    });
  };

  function open(socket: StreamSocket, how: { readonly key: string; readonly isWaiting: boolean }): void {
    const connection = new Connection(socket, how, services);
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      socket.quietSeconds = 0;
      connection.read(data, isBinary);
    });
    socket.on("pong", () => {
      socket.quietSeconds = 0;
    });
    // What is wrong with a connection ends it; the client comes again.
    socket.on("error", (error) => log.debug({ err: error }, "a stream's connection failed"));
    socket.once("close", () => {
      watch.delete(socket);
      counts.open.unsentBytes -= socket.unsentBytes;
      socket.leaveKey?.();
      connection.close();
    });
    watch.add(socket);
  }

  const drain = async (ms: number) => {
    admission.shut();
    await moveAll(server.clients, ms);
  };
  const close = async () => {
    admission.shut();
    counts.closed.restart += server.clients.size;
    await closeAll(server.clients);
    watch.stop();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(upgrade, { drain, close });
}

const peerOf = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? "";

function turnAway(socket: Duplex): void {
  const { from, to } = RETRY_SECONDS;
  const seconds = from + Math.floor(Math.random() * (to - from + 1));
  socket.end(`HTTP/1.1 503 Service Unavailable\r\nRetry-After: ${seconds}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
