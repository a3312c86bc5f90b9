import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root, toolEnvironment } from "./run.mjs";

const orphanCheckMs = 500;

/**
 * Runs a program in this terminal and ends as it ends: signals go in, its exit code comes out.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {import("node:child_process").ChildProcess}
 */
export function follow(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, env: toolEnvironment(env), stdio: "inherit" });

  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      // A terminal's Ctrl-C has reached the child already; a second SIGINT would read as "stop waiting, just end".
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  // npm runs scripts through a shell that keeps a SIGTERM to itself, so its death is the only sign that we are to stop.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill("SIGTERM");
  }, orphanCheckMs).unref();
  child.on("error", (error) => {
    console.error(`${command} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
  });
  return child;
}
