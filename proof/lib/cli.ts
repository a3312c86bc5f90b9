import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PROGRAM = fileURLToPath(new URL("../../packages/cli/bin/halyard.js", import.meta.url));

/** Runs `halyard` as a person would. @returns what it printed @throws where it ends with another code than 0 */
export async function halyard(words: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...words], {
    env: { PATH: process.env["PATH"], ...env },
  });
  return stdout;
}
