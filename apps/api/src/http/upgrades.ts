import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Gives each WebSocket upgrade of a server to the door at its path. */
export interface Upgrades {
  add(path: `/${string}`, handler: UpgradeHandler): void;
}

export function createUpgrades(server: Server): Upgrades {
  const handlers = new Map<string, UpgradeHandler>();
  server.on("upgrade", (request, socket, head) => {
    // An error of a socket that nobody listens to ends the process.
    socket.on("error", () => socket.destroy());
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const handler = handlers.get(path) ?? handlers.get(path.replace(/\/$/, ""));
    if (handler) handler(request, socket, head);
    else refuseUpgrade(socket, 404);
  });
  return { add: (path, handler) => void handlers.set(path, handler) };
}

/** Answers an upgrade with a plain HTTP status. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
