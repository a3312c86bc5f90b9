import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { staleFiles } from "./generated.mjs";
import { forgottenManifests } from "./image.mjs";
import { root, run } from "./run.mjs";
import { listFiles, listWorkspaces } from "./workspaces.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {boolean} [writes] true when it may change files of the tree
 * @property {() => Promise<{ ok: boolean, output: string }>} run
 */

const cache = "node_modules/.cache/halyard";
const source = /\.(ts|tsx|mjs)$/;

/** Slowest first, so that two lanes end together. @returns {Step[]} */
export function listSteps() {
  const workspaces = listWorkspaces().filter(({ folder }) => listFiles(folder, source).length > 0);

  return [
    lint("apps/api", ["apps/api"]),
    lint("apps/web", ["apps/web"]),
    lint("packages", ["packages", "proof", "tooling"]),
    ...workspaces.map(({ folder }) => types(folder)).reverse(),
    types("tooling"),
    types("."),
    { name: "dead code", run: () => run("knip", ["--no-progress", "--no-config-hints"]) },
    { name: "boundaries", run: () => run("depcruise", ["--output-type", "err-long", "apps", "packages", "proof"]) },
    { name: "image", run: forgottenManifests },
    { name: "lock file", run: () => run("npm", ["ci", "--dry-run", "--ignore-scripts", "--no-audit", "--no-fund"]) },
    { name: "format", run: () => run("biome", ["check", "--error-on-warnings", "--max-diagnostics=50", "."]) },
    // What a workspace asks of its own build: sizes, and whether others can use it.
    ...workspaces
      .filter(({ scripts }) => scripts.check !== undefined)
      .map(({ folder, name }) => ({
        name: `${folder.replace("packages/", "")} package`,
        writes: true,
        run: () => run("npm", ["run", "--silent", "check", "-w", name]),
      })),
    { name: "generated files", writes: true, run: staleFiles },
  ];
}

/**
 * @param {string} group
 * @param {string[]} folders
 * @returns {Step}
 */
function lint(group, folders) {
  return {
    name: `lint ${group}`,
    run: () => {
      const present = folders.filter((folder) => listFiles(folder, source).length > 0);
      if (present.length === 0) return Promise.resolve({ ok: true, output: "" });
      // ESLint's cache looks at one file at a time, but typed rules read its neighbours: a change in another workspace starts anew.
      const location = `${cache}/eslint/${group.replace("/", "-")}-${fingerprint(listFiles("packages", source), present)}`;
      const options = ["--cache", "--cache-strategy", "content", "--cache-location", location];
      return run("eslint", ["--max-warnings=0", "--no-error-on-unmatched-pattern", ...options, ...present]);
    },
  };
}

/**
 * @param {string} folder
 * @returns {Step}
 */
function types(folder) {
  return {
    name: folder === "." ? "types of configs" : `types ${folder}`,
    run: () => {
      const memory = join(root, cache, "tsc", `${folder === "." ? "configs" : folder.replace("/", "-")}.tsbuildinfo`);
      return run("tsc", ["-p", folder, "--noEmit", "--incremental", "--tsBuildInfoFile", memory, "--pretty", "false"]);
    },
  };
}

/**
 * @param {string[]} files
 * @param {string[]} without folders that the cache itself watches file by file
 */
function fingerprint(files, without) {
  const hash = createHash("sha256");
  const others = files.filter((file) => !without.some((folder) => file.startsWith(`${folder}/`)));
  for (const file of [...others, "tsconfig.base.json", "package-lock.json"].filter((path) => existsSync(join(root, path)))) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 12);
}
