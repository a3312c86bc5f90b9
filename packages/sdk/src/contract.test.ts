import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AckInput, FlagsEvent, FlagsInput } from "@halyard/contracts";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { initTRPC, TRPCError, tracked } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type Client, createClient } from "./client.ts";
import { nodeRuntime } from "./node/runtime.ts";
import type { Runtime } from "./runtime.ts";
import { until } from "./test/clock.ts";
import { changes, full, heartbeat, listen } from "./test/world.ts";

/** Stock tRPC with a router of the same shape as the product's: our client is held to it, not to our own idea of it. */
const t = initTRPC.context<{ readonly key: string | undefined }>().create();

function createStockServer() {
  const seen: FlagsInput[] = [];
  const acks: AckInput[] = [];
  const frames: string[][] = [];
  const waiting = new Set<(event: FlagsEvent) => void>();
  let stopped = 0;
  const guarded = t.procedure.use(({ ctx, next }) => {
    if (ctx.key !== "env_good") throw new TRPCError({ code: "UNAUTHORIZED", message: "Unknown key." });
    return next();
  });
  const asInput = (input: unknown) => (input ?? {}) as FlagsInput;
  const router = t.router({
    flags: guarded.input(asInput).subscription(async function* ({ input, signal }) {
      seen.push(input);
      yield* first(input);
      while (signal?.aborted === false) {
        const event = await new Promise<FlagsEvent | undefined>((resolve) => {
          waiting.add(resolve);
          signal.addEventListener("abort", () => resolve(undefined), { once: true });
        });
        if (event !== undefined) yield tracked(event.position, event);
      }
      stopped++;
    }),
    ack: guarded
      .input((input) => input as AckInput)
      .mutation(({ input }) => {
        acks.push(input);
      }),
    flagsNow: guarded.input(asInput).query(({ input }) => {
      seen.push(input);
      return full(7, { beta: true });
    }),
  });

  function* first(input: FlagsInput) {
    const last = Number(input.lastEventId?.split(":")[1]);
    const event = input.lastEventId ? changes([last, last + 1], { beta: true }) : full(1, { beta: true });
    yield tracked(event.position, event);
  }

  const http = createServer(
    createHTTPHandler({
      router,
      basePath: "/stream/",
      allowMethodOverride: true,
      createContext: ({ req }) => ({ key: req.headers["x-environment-key"]?.toString() }),
    }),
  );
  const sockets = new WebSocketServer({ server: http, path: "/stream" });
  sockets.on("connection", (socket) => {
    const mine: string[] = [];
    frames.push(mine);
    socket.on("message", (data: Buffer) => mine.push(data.toString()));
  });
  const handler = applyWSSHandler({
    wss: sockets,
    router,
    createContext: ({ info }) => ({ key: info.connectionParams?.["key"] }),
    keepAlive: { enabled: true, pingMs: 40, pongWaitMs: 10_000 },
  });
  return {
    http,
    router,
    seen,
    acks,
    frames,
    stopped: () => stopped,
    /** To each subscription that waits. */
    publish(event: FlagsEvent) {
      for (const resolve of waiting) resolve(event);
      waiting.clear();
    },
    askToMove: () => handler.broadcastReconnectNotification(),
    cut() {
      for (const socket of sockets.clients) socket.terminate();
    },
    url: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
  };
}

let stock: ReturnType<typeof createStockServer>;
const clients: Client[] = [];
beforeEach(async () => {
  stock = createStockServer();
  await new Promise<void>((resolve) => stock.http.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  stock.cut();
  stock.http.closeAllConnections();
  await new Promise((resolve) => stock.http.close(resolve));
});

function connect(key = "env_good", parts: Partial<Runtime> = {}): Client {
  const client = createClient(
    { url: stock.url(), key, context: { targetingKey: "u_42", plan: "pro" } },
    { openSocket: nodeRuntime().openSocket, random: () => 0, ...parts },
  );
  clients.push(client);
  return client;
}

const INPUT = { context: { targetingKey: "u_42", attributes: { plan: "pro" } }, parts: true };
/** Without confirmations, which are ours alone. */
const calls = (frames: readonly string[] = []) =>
  frames.filter((text) => text.startsWith("{") && !text.includes('"ack"')).map((text): unknown => JSON.parse(text));

describe("our wire, held to stock tRPC", () => {
  it("receives, keeps its connection alive, resumes after a cut, and stops", async () => {
    const client = connect();
    const heard = listen(client);
    await client.ready();
    expect(client.details("beta")).toMatchObject({ value: true, version: "e1:1" });
    stock.publish(changes([1, 2], { beta: false }));
    await until(() => client.get("beta") === false);
    stock.publish(heartbeat(2));

    await until(() => stock.frames[0]!.filter((text) => text === "PONG").length >= 2);
    expect(heard.statuses).toEqual(["live"]);
    stock.cut();

    await until(() => client.details("beta").version === "e1:3");
    expect(stock.seen).toEqual([INPUT, { ...INPUT, lastEventId: "e1:2:aaaaaaaa" }]);
    expect(client.get("beta")).toBe(true);
    await client.close();
    await until(() => stock.stopped() === 2);
  });

  it("confirms what it has applied, on the same connection", async () => {
    const client = connect();
    await client.ready();
    await until(() => stock.acks.length === 1);

    stock.publish(changes([1, 2], { beta: false }));
    stock.publish(heartbeat(2));

    await until(() => stock.acks.length === 2);
    expect(stock.acks.map(({ position }) => position)).toEqual(["e1:1:aaaaaaaa", "e1:2:aaaaaaaa"]);
    expect(stock.frames).toHaveLength(1);
  });

  it("sends the same frames as the stock client", async () => {
    const theirs = createWSClient({
      url: `${stock.url().replace("http", "ws")}/stream`,
      connectionParams: () => ({ key: "env_good" }),
      // The types of `ws` and of the platform differ in what they promise, not in what is used.
      WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    });
    const trpc = createTRPCClient<(typeof stock)["router"]>({ links: [wsLink({ client: theirs })] });
    const received: unknown[] = [];
    const subscription = trpc.flags.subscribe(INPUT, { onData: (event) => received.push(event) });
    await until(() => received.length === 1);
    subscription.unsubscribe();
    await until(() => calls(stock.frames[0]).length === 3);
    await theirs.close();

    const client = connect();
    await client.ready();
    void client.setContext({ targetingKey: "u_43" });
    await until(() => calls(stock.frames[1]).length === 4);

    expect(calls(stock.frames[1]).slice(0, 3)).toEqual(calls(stock.frames[0]));
  });

  it("changes the subscription on the same connection", async () => {
    const client = connect();
    await client.ready();

    await client.setContext({ targetingKey: "u_43" });

    await until(() => stock.stopped() === 1);
    expect(stock.frames).toHaveLength(1);
    expect(stock.seen.at(-1)).toEqual({ context: { targetingKey: "u_43" }, parts: true });
  });

  it("moves to another connection when asked, and stays live", async () => {
    const client = connect();
    const heard = listen(client);
    await client.ready();

    stock.askToMove();

    await until(() => stock.frames.length === 2 && stock.stopped() === 1);
    expect(stock.seen.at(-1)).toEqual({ ...INPUT, lastEventId: "e1:1:aaaaaaaa" });
    stock.publish(changes([2, 4], { beta: false }));
    await until(() => client.details("beta").version === "e1:4");
    expect(heard.statuses).toEqual(["live"]);
    expect(heard.errors).toEqual([]);
  });

  it.each(["by the subscription", "by a poll"])("hears that its key is refused: %s", async (how) => {
    const client = connect("env_bad", how === "by a poll" ? { openSocket: undefined } : {});
    const heard = listen(client);

    await expect(client.ready()).resolves.toEqual({ source: "default" });

    expect(heard.errors.map(({ code }) => code)).toEqual(["REFUSED"]);
  });

  it("polls the query of the same name", async () => {
    const client = connect("env_good", { openSocket: undefined });
    const heard = listen(client);

    await client.ready();

    expect(client.details("beta")).toMatchObject({ value: true, version: "e1:7" });
    expect(stock.seen).toEqual([INPUT]);
    expect(heard.statuses).toEqual(["polling"]);
  });
});
