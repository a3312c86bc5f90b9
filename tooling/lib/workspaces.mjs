import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/**
 * @typedef {object} Workspace
 * @property {string} name as npm knows it
 * @property {string} folder from the repository's top, such as `apps/api`
 * @property {Readonly<Record<string, string>>} scripts
 */

/** @returns {Workspace[]} every npm workspace, packages before the apps that use them */
export function listWorkspaces() {
  return ["packages", "apps"]
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .concat("proof")
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .map(readWorkspace);
}

/**
 * @param {string} folder
 * @returns {Workspace}
 */
function readWorkspace(folder) {
  const text = readFileSync(join(root, folder, "package.json"), "utf8");
  const manifest = /** @type {{ name: string, scripts?: Record<string, string> }} */ (JSON.parse(text));
  return { name: manifest.name, folder, scripts: manifest.scripts ?? {} };
}

/**
 * @param {string} folder from the repository's top
 * @param {RegExp} pattern tested against each file's path inside `folder`
 * @returns {string[]} paths from the repository's top, sorted; installed and built files are left out
 */
export function listFiles(folder, pattern) {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.name === "node_modules" || entry.name === "dist" || entry.name.startsWith(".")) return [];
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(path, pattern);
      return pattern.test(path) ? [path] : [];
    })
    .sort();
}
