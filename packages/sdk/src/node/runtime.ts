import { WebSocket } from "ws";
import { type Runtime, type Socket, type SocketHandlers, webRuntime } from "../runtime.ts";
import { watchSleep } from "../surroundings.ts";

/** Node 20 has no WebSocket of its own, and `ws` also tells why a server refused one. */
export function nodeRuntime(): Runtime {
  return { ...webRuntime(), openSocket, watchSurroundings: watchSleep, storage: undefined };
}

function openSocket(url: string, on: SocketHandlers): Socket {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  let isOver = false;
  let failure = "";
  const closed: SocketHandlers["closed"] = (end) => {
    if (!isOver) on.closed(end);
    isOver = true;
  };
  socket.on("open", () => on.open());
  socket.on("message", (data: Buffer, isBinary: boolean) => on.text(isBinary ? "" : data.toString()));
  socket.on("unexpected-response", (request, response) => {
    request.destroy();
    closed({ code: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] });
  });
  // Always followed by "close", except where the request was destroyed above; without a listener it would end the process.
  socket.on("error", (error) => {
    failure = error.message;
  });
  socket.on("close", (code: number, reason: Buffer) => closed({ code, reason: reason.toString() || failure }));
  return {
    send: (message) => socket.send(message),
    close: () => {
      // A peer that is gone would keep the closing handshake, and with it the process, waiting.
      if (socket.readyState === WebSocket.OPEN) socket.close();
      setTimeout(() => socket.terminate(), 1000).unref();
      if (socket.readyState !== WebSocket.CLOSING) socket.terminate();
    },
  };
}
