import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { connectManagement, type Management, type Place } from "../lib/management.ts";
import { postgresUrl, redisUrl } from "../lib/services.ts";
import { type Api, type Stack, startStack } from "../lib/stack.ts";

const CLIENTS = 40;
const DRAIN_SECONDS = 4;

let stack: Stack | undefined;
const closing: (() => void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await stack?.stop();
});

/** A client that moves when it is asked to, as tRPC's own does: the old connection serves until the new one answers. */
function follow(nodes: readonly Api[], key: string) {
  const seen: number[] = [];
  const codes: number[] = [];
  let at = 0;
  let isOver = false;

  function open(): void {
    const socket = new WebSocket(`${nodes[at]?.url.replace("http", "ws")}/stream`, { headers: { "X-Environment-Key": key } });
    let isMoved = false;
    const move = () => {
      if (isMoved || isOver) return;
      isMoved = true;
      at = (at + 1) % nodes.length;
      open();
    };
    socket.on("error", () => undefined);
    socket.on("open", () => socket.send('{"id":1,"method":"subscription","params":{"path":"flags","input":{}}}'));
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { method?: string; result?: { data?: { data: { to: number } } } };
      if (message.method === "reconnect") move();
      const to = message.result?.data?.data.to;
      if (to !== undefined) seen.push(to);
    });
    socket.on("close", (code) => {
      codes.push(code);
      move();
    });
    closing.push(() => socket.terminate());
  }
  open();
  closing.push(() => {
    isOver = true;
  });
  return { seen, codes, node: () => at };
}

describe.skipIf(!postgresUrl || !redisUrl)("a process that is told to end, of two", () => {
  it("moves its clients to the other, fails no request, loses no write, and is gone in time", async () => {
    stack = await startStack({
      database: "postgres",
      redisUrl,
      apis: 2,
      env: { HALYARD_DRAIN_SECONDS: String(DRAIN_SECONDS) },
    });
    const [ending, staying] = stack.apis as [Api, Api];
    const management = await connectManagement(stack);
    const elsewhere = await connectManagement({ url: staying.url, apiKey: stack.apiKey });
    const place = await management.createProject("Drain");
    await management.createFlag(place, { key: "checkout" });
    const key = await management.clientKey(place);
    const clients = Array.from({ length: CLIENTS }, () => follow([ending, staying], key));
    await until(() => clients.every((client) => client.seen.length > 0));
    const traffic = keepAsking(stack.apis, key);
    const writes = keepWriting([management, elsewhere], place);

    const told = Date.now();
    const ended = ending.stop();
    await until(async () => (await fetch(`${ending.url}/health/readiness`)).status === 503);
    expect(Date.now() - told).toBeLessThan(2_000);
    // Whoever spreads the load needs a moment to see that it is not ready.
    const askedBefore = traffic.asked();
    await until(() => traffic.asked() > askedBefore + 50);
    traffic.leave(ending);
    writes.leave(management);
    await ended;
    expect(Date.now() - told).toBeLessThan(30_000);
    const last = await writes.stop();
    const { asked, failed } = await traffic.stop();

    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(100);
    await until(() => clients.every((client) => client.node() === 1 && client.seen.at(-1) === last));
    for (const { seen } of clients) expect(seen).toEqual([...seen].sort((a, b) => a - b));
    const flag = (await elsewhere.flags(place)).find((it) => it.key === "checkout");
    expect(flag?.states.find((it) => it.environment === place.environment)?.enabled).toBe(writes.lastState());
  }, 120_000);

  it("ends at once when it is told a second time", async () => {
    stack = await startStack({ database: "postgres", redisUrl, env: { HALYARD_DRAIN_SECONDS: "15" } });
    const [api] = stack.apis as [Api];
    const told = Date.now();
    const ended = api.stop();
    await until(async () => (await fetch(`${api.url}/health/readiness`)).status === 503);

    process.kill(api.pid, "SIGTERM");
    await ended;

    expect(Date.now() - told).toBeLessThan(5_000);
  }, 60_000);
});

/** Reads flags of all nodes in turn, as a load balancer would have it, until a node is left out. */
function keepAsking(nodes: readonly Api[], key: string) {
  const left = new Set<Api>();
  const failed: string[] = [];
  let asked = 0;
  const over = new AbortController();
  const asking = (async () => {
    for (let n = 0; !over.signal.aborted; n++) {
      const node = nodes[n % nodes.length];
      if (!node || left.has(node)) continue;
      try {
        const answer = await fetch(`${node.url}/api/v1/flags/`, { headers: { "X-Environment-Key": key } });
        if (!answer.ok) failed.push(`status ${answer.status}`);
        await answer.arrayBuffer();
        asked++;
      } catch (error) {
        failed.push(String(error));
      }
    }
  })();
  return {
    asked: () => asked,
    /** The balancer has seen that it is not ready; what is on its way is still answered. */
    leave: (node: Api) => left.add(node),
    async stop() {
      over.abort();
      await asking;
      return { asked, failed };
    },
  };
}

function keepWriting(doors: readonly Management[], place: Place) {
  const left = new Set<Management>();
  const over = new AbortController();
  let isOn = false;
  const writing = (async () => {
    for (let n = 0; !over.signal.aborted; n++) {
      const door = doors[n % doors.length];
      if (!door || left.has(door)) continue;
      await door.setEnabled(place, "checkout", !isOn);
      isOn = !isOn;
    }
  })();
  return {
    leave: (door: Management) => left.add(door),
    lastState: () => isOn,
    /** @returns the version of the last write */
    async stop(): Promise<number> {
      over.abort();
      await writing;
      const [staying] = doors.filter((door) => !left.has(door));
      const environments = (await staying?.environments(place.project)) ?? [];
      return environments.find((it) => it.slug === place.environment)?.version ?? -1;
    },
  };
}

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await check()); ) {
    if (Date.now() > deadline) throw new Error("It did not come to pass within 20 s.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
