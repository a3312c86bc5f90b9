import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, it } from "vitest";
import { snapshot, snapshotEvent } from "./test/environment.ts";
import { type FaultServer, startFaultServer } from "./test/server.ts";
import { full } from "./test/world.ts";

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer();
  server.subscribed = (peer) => peer.event(full(1, { beta: true }));
  server.streamed = () => "accept";
  server.streaming = (stream) => stream.event(full(1, { beta: true }));
  server.polled = () => ({ status: 204 });
});
afterEach(() => server[Symbol.asyncDispose]());

const IMPORTS = `
  import { createClient } from "./src/client.ts";
  import { nodeRuntime } from "./src/node/runtime.ts";
  import { createServerClient } from "./src/node/server-client.ts";
  const { openSocket } = nodeRuntime();`;
const PAGE = `const client = createClient({ url, key: "env_1" }, { openSocket });`;

it.each([
  ["a socket", "accept", `${PAGE} await client.ready();`],
  ["a socket that is never answered", "hang", `${PAGE} await client.ready({ timeoutMs: 200 });`],
  [
    "server-sent events",
    "accept",
    `const client = createClient({ url, key: "env_1" }, { openSocket: undefined }); await client.ready();`,
  ],
  ["a connection that fails", { status: 503 }, `${PAGE} await client.ready({ timeoutMs: 200 });`],
  [
    "an environment, with counts to deliver",
    "environment",
    `const client = createServerClient({ url, key: "ser_1" }); await client.ready(); client.for({}).get("beta");`,
  ],
] as const)("[8] keeps no process alive once closed: %s", async (_what, upgrade, code) => {
  server.upgrade = () => (upgrade === "environment" ? "accept" : upgrade);
  if (upgrade === "environment") server.subscribed = (peer) => peer.event(snapshotEvent(1, snapshot([])));
  const program = `${IMPORTS} const url = ${JSON.stringify(server.url)}; ${code} await client.close(); console.log("closed");`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
    cwd: new URL("..", import.meta.url),
    stdio: ["ignore", "pipe", "inherit"],
  });

  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const closedAt = performance.now();
  const [exitCode] = (await once(child, "exit")) as [number];

  expect([line, exitCode]).toEqual(["closed", 0]);
  expect(performance.now() - closedAt).toBeLessThan(5000);
  if (upgrade === "environment") expect(server.polls).toHaveLength(1);
});
