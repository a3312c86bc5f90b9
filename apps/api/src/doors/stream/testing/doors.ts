import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import fastify from "fastify";
import { pino } from "pino";
import { WebSocket, WebSocketServer } from "ws";
import type { Delivery } from "../../../features/delivery/index.ts";
import { createTopics, registerStream, sdkRouter, streamUpgrade } from "../index.ts";
import type { StreamLimits } from "../limits.ts";
import { MAX_BATCH } from "../stock.ts";
import { toStreamError } from "../trpc.ts";

const log = pino({ level: "silent" });

/** The door of one node, on a free port. */
export async function openDoor(delivery: Delivery, limits?: StreamLimits) {
  const topics = createTopics({ counts: delivery.counts, log });
  const services = { delivery, log, topics };
  const app = fastify();
  registerStream(app, { ...services, ...(limits && { limits }) });
  const upgrade = streamUpgrade({ ...services, ...(limits && { limits }) });
  app.server.on("upgrade", upgrade);
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    upgrade,
    close: async () => {
      await upgrade.close();
      await app.close();
      topics.close();
    },
  };
}

/** The same router behind tRPC's own handler, with nothing of ours in front. */
export async function openStockDoor(delivery: Delivery) {
  const topics = createTopics({ counts: delivery.counts, log });
  const http = createServer();
  const server = new WebSocketServer({ server: http, path: "/stream" });
  applyWSSHandler({
    wss: server,
    router: sdkRouter,
    maxBatchSize: MAX_BATCH,
    createContext: async ({ info }) => {
      try {
        const holder = await delivery.resolveKey(info.connectionParams?.["key"] ?? "");
        return { delivery, log, topics, holder, mayStore: true, open: { count: 0 } };
      } catch (error) {
        throw toStreamError(error);
      }
    },
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
      http.close();
      topics.close();
    },
  };
}

/** A bare socket, and every text that came. */
export async function openWire(url: string, options: { readonly query?: string } = {}) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/stream${options.query ?? "?connectionParams=1"}`);
  const texts: string[] = [];
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  socket.on("message", (data: Buffer) => texts.push(data.toString()));
  socket.on("error", () => undefined);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    socket,
    texts,
    closed,
    send: (message: unknown) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    close: () => socket.terminate(),
  };
}

export type Wire = Awaited<ReturnType<typeof openWire>>;
