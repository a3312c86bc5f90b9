import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's top folder, with a slash at its end. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Runs a program to its end and keeps what it printed, both streams in the order they arrived.
 *
 * @param {string} command a program in `node_modules/.bin`, or any on the PATH
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options] `env` is added to this process's own
 * @returns {Promise<{ ok: boolean, output: string }>} never rejects: a program that cannot start is a failure with its reason as output
 */
export function run(command, args, { cwd = root, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: toolEnvironment(env), stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output += text;
    });
    child.on("error", (error) => {
      resolve({ ok: false, output: `${command} could not be started: ${error.message}` });
    });
    child.on("close", (code, signal) => {
      resolve({ ok: code === 0, output: signal === null ? output : `${output}\n${command} was ended by ${signal}` });
    });
  });
}

/**
 * This process's environment with the project's own programs first on the PATH, and nobody phoned home.
 *
 * @param {Record<string, string | undefined>} extra
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment(extra = {}) {
  return {
    ...process.env,
    PATH: `${root}node_modules/.bin${process.platform === "win32" ? ";" : ":"}${process.env.PATH ?? ""}`,
    TURBO_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
    ...extra,
  };
}

/**
 * @param {number} startedAt from `performance.now()`
 * @returns {string} such as `3.2 s`
 */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
