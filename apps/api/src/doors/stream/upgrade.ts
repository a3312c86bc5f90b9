import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { CLOSE } from "@halyard/contracts";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import { AppError, toAppError } from "../../features/delivery/index.ts";
import { sdkRouter } from "./router.ts";
import { StreamSocket } from "./socket.ts";
import { type StreamContext, type StreamServices, toTrpcError } from "./trpc.ts";

const MAX_FRAME_BYTES = 64 * 1024;
const MAX_BATCH = 20;
/** Whoever has not named a valid key by then is sent away. */
const AUTHENTICATE_MS = 10_000;
/** How often connections are looked at for keys that ended. */
const SWEEP_MS = 1_000;
/** Try again later: the key cannot be checked now. */
const TRY_LATER = 1013;
const RESTART_GRACE_MS = 1_000;

export interface StreamUpgrade {
  /** Takes over a request to upgrade at `/stream`. */
  (request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Says goodbye to everybody; resolves when no connection is left. */
  readonly close: () => Promise<void>;
}

/** tRPC over WebSocket for SDKs. Any origin may come, as keys authenticate and cookies are not read. */
export function streamUpgrade(services: StreamServices): StreamUpgrade {
  const server = new WebSocketServer({
    noServer: true,
    WebSocket: StreamSocket,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  applyWSSHandler({
    wss: server,
    router: sdkRouter,
    createContext: async ({ req, res, info }): Promise<StreamContext> => {
      const socket = res instanceof StreamSocket ? res : undefined;
      try {
        const key = info.connectionParams?.["key"] ?? headerOf(req);
        const holder = await services.delivery.resolveKey(key);
        if (socket) socket.holder = holder;
        return { ...services, holder, mayStore: true, open: { count: 0 } };
      } catch (error) {
        const known = toAppError(error);
        if (socket) socket.closeCode = known.code === "unauthenticated" ? CLOSE.unauthenticated : TRY_LATER;
        throw toTrpcError(known);
      }
    },
    keepAlive: { enabled: true, pingMs: 25_000, pongWaitMs: 10_000 },
    maxBatchSize: MAX_BATCH,
    onError: ({ error, path }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") services.log.error({ err: error, path }, "stream failed");
      else services.log.debug({ err: error, path }, "stream refused");
    },
  });

  const sweep = setInterval(() => {
    const now = Date.now();
    for (const socket of server.clients) {
      const { holder, openedAt } = socket;
      const isOver = holder ? !services.delivery.isKeyInForce(holder) : now - openedAt > AUTHENTICATE_MS;
      if (isOver && socket.readyState === socket.OPEN) refuse(socket);
    }
  }, SWEEP_MS);
  sweep.unref();

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    server.handleUpgrade(request, socket, head, (connection) => server.emit("connection", connection, request));
  };
  const close = async () => {
    clearInterval(sweep);
    for (const socket of server.clients) socket.close(CLOSE.restart);
    const impatient = setTimeout(() => {
      for (const socket of server.clients) socket.terminate();
    }, RESTART_GRACE_MS);
    await new Promise((resolve) => server.close(resolve));
    clearTimeout(impatient);
  };
  return Object.assign(upgrade, { close });
}

function headerOf(request: IncomingMessage): string {
  const key = request.headers["x-environment-key"];
  return typeof key === "string" ? key : "";
}

/** With the frame that makes a stock client wait before it comes again. */
function refuse(socket: StreamSocket): void {
  const { message, code } = new AppError("unauthenticated", "This environment key was revoked or has expired, or none was sent.");
  socket.send(
    JSON.stringify({ id: null, error: { message, code: -32001, data: { code: "UNAUTHORIZED", httpStatus: 401, reason: code } } }),
  );
  socket.end(CLOSE.unauthenticated);
}
