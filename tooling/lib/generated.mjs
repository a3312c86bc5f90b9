import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.mjs";

/**
 * Makes the generated files anew and names those that differ from what was there. They are left as made: look, and commit them.
 *
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function staleFiles() {
  const before = await hashTree();
  const { ok, output } = await run("npm", ["run", "--silent", "generate"], { env: { CI: "true" } });
  if (!ok) return { ok, output };

  const after = await hashTree();
  const stale = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
  return {
    ok: stale.length === 0,
    output: `\`npm run generate\` changed these files; look at them and commit them:\n${stale.map((path) => `  ${path}`).join("\n")}`,
  };
}

/** @returns {Promise<Map<string, string>>} content hash of every file that git tracks or would track */
async function hashTree() {
  const { ok, output } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  if (!ok) throw new Error(`git could not list the files: ${output}`);
  /** @type {Map<string, string>} */
  const hashes = new Map();
  for (const path of output.split("\0")) {
    const file = join(root, path);
    if (path === "" || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) continue;
    hashes.set(path, createHash("sha256").update(readFileSync(file)).digest("hex"));
  }
  return hashes;
}
