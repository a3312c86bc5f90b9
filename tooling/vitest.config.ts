import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { listFiles, listWorkspaces } from "./lib/workspaces.mjs";

// Not at the repository's top: Vitest looks upwards for a config, and a package without one would run everybody's tests.
const root = new URL("..", import.meta.url).pathname;

/** For a machine that does much else: a test that hangs is found all the same. */
const patienceMs = 30_000;

/** Each workspace is one project under its own config. `proof/` starts whole products and has scripts of its own. */
const projects = listWorkspaces()
  .map(({ folder }) => folder)
  .filter((folder) => folder !== "proof" && listFiles(folder, /\.test\.tsx?$/).length > 0)
  .map((folder) =>
    existsSync(join(root, folder, "vitest.config.ts"))
      ? `${folder}/vitest.config.ts`
      : { root: join(root, folder), test: { name: folder, testTimeout: patienceMs, hookTimeout: patienceMs } },
  );

export default defineConfig({ root, test: { projects, maxWorkers: 2 } });
