import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { root } from "./run.mjs";

/**
 * Something the tests can use but not demand: a server or a browser.
 *
 * @typedef {object} Service
 * @property {string} name as `HALYARD_TEST_REQUIRE` and `HALYARD_TEST_WITHOUT` know it
 * @property {string} label
 * @property {string} variable where the tests find it
 * @property {string} setting where a person says it
 * @property {string} remedy
 * @property {string | undefined} address what to try
 * @property {boolean} chosen a person said so: then it must answer
 * @property {(address: string) => Promise<string | undefined>} problem undefined when it answers
 */

/** Short: on a bare machine the port refuses at once, and a silent one is as good as none. */
const patienceMs = 3_000;

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Service[]}
 */
export function listServices(env) {
  return [
    {
      name: "postgres",
      label: "PostgreSQL",
      variable: "HALYARD_TEST_DATABASE_URL",
      setting: "TEST_DATABASE_URL",
      remedy:
        "start one and set TEST_DATABASE_URL=postgres://user:password@host:5432/database (it must be allowed to create databases)",
      address: chosen(env.TEST_DATABASE_URL) ?? "postgres://postgres@127.0.0.1:5432/postgres",
      chosen: chosen(env.TEST_DATABASE_URL) !== undefined,
      problem: postgresProblem,
    },
    {
      name: "redis",
      label: "Redis",
      variable: "HALYARD_TEST_REDIS_URL",
      setting: "TEST_REDIS_URL",
      remedy: "start one and set TEST_REDIS_URL=redis://host:6379",
      address: chosen(env.TEST_REDIS_URL) ?? "redis://127.0.0.1:6379",
      chosen: chosen(env.TEST_REDIS_URL) !== undefined,
      problem: redisProblem,
    },
    {
      name: "chromium",
      label: "a browser",
      variable: "HALYARD_TEST_CHROMIUM",
      setting: "CHROMIUM_PATH",
      remedy: "install Chromium and set CHROMIUM_PATH=/path/to/chromium",
      address:
        chosen(env.CHROMIUM_PATH) ??
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync),
      chosen: chosen(env.CHROMIUM_PATH) !== undefined,
      problem: (path) => Promise.resolve(existsSync(path) ? undefined : "there is no such file"),
    },
  ];
}

/** @param {string | undefined} value An empty variable says nothing. */
function chosen(value) {
  return value === "" ? undefined : value;
}

/** @param {string} address */
async function postgresProblem(address) {
  // The driver belongs to packages/db; a bare port check would mistake a server that refuses us for one that serves.
  const { Client } = /** @type {typeof import("pg")} */ (createRequire(`${root}packages/db/package.json`)("pg"));
  const client = new Client({ connectionString: address, connectionTimeoutMillis: patienceMs });
  try {
    await client.connect();
    await client.query("select 1");
    return undefined;
  } catch (error) {
    return reason(error);
  } finally {
    // A connection that never opened cannot be closed, and that is no news.
    await client.end().catch(() => undefined);
  }
}

/** @param {string} address */
async function redisProblem(address) {
  const { Redis } = /** @type {typeof import("ioredis")} */ (createRequire(`${root}apps/api/package.json`)("ioredis"));
  const redis = new Redis(address, {
    lazyConnect: true,
    connectTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  /** @type {unknown} */
  let lastError;
  redis.on("error", (error) => {
    lastError = error;
  });
  try {
    await redis.connect();
    await redis.ping();
    return undefined;
  } catch (error) {
    return reason(lastError ?? error);
  } finally {
    redis.disconnect();
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function reason(error) {
  if (error instanceof AggregateError) return error.errors.map(reason).join("; ");
  return error instanceof Error ? error.message : String(error);
}
