import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPostgresDatabase } from "@halyard/db/testing";
import { makeApiKey } from "./api-key.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const START_TIMEOUT_MS = 60_000;

export const ADMIN = { email: "ada@example.com", password: "a long enough password" } as const;

export interface StackOptions {
  /** `pglite` allows one API process only. */
  readonly database: "pglite" | "postgres";
  /** Address of a Redis, or none. */
  readonly redisUrl?: string | undefined;
  /** @default 1 */
  readonly apis?: number;
  readonly sample?: boolean;
  /** False leaves the first administrator to the printed link. @default true */
  readonly admin?: boolean;
  /** More environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** For Node itself, such as `--cpu-prof`. */
  readonly nodeArgs?: readonly string[];
}

export interface Api {
  readonly url: string;
  readonly pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** Ends it as an operator would, and waits. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** The product as a user runs it: built, in processes of its own, on real databases. */
export interface Stack {
  readonly apis: readonly Api[];
  readonly url: string;
  readonly apiKey: string;
  stop(): Promise<void>;
}

/** Builds the API. Cached, so it costs little when nothing changed. */
export function build(): void {
  const made = spawnSync("npx", ["turbo", "run", "build", "--filter=@halyard/api", "--output-logs=errors-only"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
  });
  if (made.status !== 0) throw new Error("The build failed; its errors are above.");
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), "halyard-proof-"));
  const database = options.database === "postgres" ? await createPostgresDatabase() : undefined;
  const apiKey = makeApiKey();
  const env: Record<string, string> = {
    HALYARD_SAMPLE: options.sample ? "on" : "off",
    ...(options.admin !== false && { HALYARD_INIT_ADMIN_EMAIL: ADMIN.email, HALYARD_INIT_ADMIN_PASSWORD: ADMIN.password }),
    HALYARD_INIT_API_KEY: apiKey,
    HALYARD_DATA_DIR: folder,
    LOG_LEVEL: "warn",
    // Nobody has to move elsewhere, unless a proof is about that.
    HALYARD_DRAIN_SECONDS: "0",
    ...(database && { DATABASE_URL: database.url, HALYARD_SECRET: randomBytes(48).toString("base64") }),
    ...(options.redisUrl && { REDIS_URL: options.redisUrl }),
    ...options.env,
  };
  const apis: Api[] = [];
  const stop = async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (let n = 0; n < (options.apis ?? 1); n++) apis.push(await startApi(env, options.nodeArgs));
  } catch (error) {
    await stop();
    throw error;
  }
  const [first] = apis;
  if (!first) throw new TypeError("A stack has at least one API.");
  return { apis, url: first.url, apiKey, stop };
}

/** Starts one API on a free port and waits until it is ready. */
export async function startApi(env: Readonly<Record<string, string>>, nodeArgs: readonly string[] = []): Promise<Api> {
  const port = await freePort();
  const child = spawn(process.execPath, [...nodeArgs, "apps/api/dist/main.js"], {
    cwd: root,
    env: { ...cleanEnvironment(), PORT: String(port), HOST: "127.0.0.1", HALYARD_BASE_URL: `http://127.0.0.1:${port}`, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitUntilReady(url, child);
  } catch (error) {
    child.kill("SIGKILL");
    throw new Error(`The API did not start:\n${printed}`, { cause: error });
  }
  return {
    url,
    pid: child.pid ?? 0,
    output: () => printed,
    stop: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
  };
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error(`It exited with ${child.exitCode}.`);
    const ready = await fetch(`${url}/health/readiness/`).then(
      (response) => response.ok,
      () => false, // nothing listens yet
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not ready within ${START_TIMEOUT_MS} ms.`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

/** A product under test must not see the settings of whoever runs the test. */
function cleanEnvironment(): Record<string, string> {
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, NODE_ENV: "production" };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port.");
  return address.port;
}
