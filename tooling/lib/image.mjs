import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";
import { listWorkspaces } from "./workspaces.mjs";

/**
 * `npm ci` inside the image sees only the manifests that the Dockerfile copies: one that is forgotten breaks the build far from here.
 *
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function forgottenManifests() {
  const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
  const forgotten = listWorkspaces().filter(({ folder }) => !dockerfile.includes(`COPY ${folder}/package.json ${folder}/\n`));
  return Promise.resolve({
    ok: forgotten.length === 0,
    output: `Dockerfile does not copy the package.json of: ${forgotten.map(({ folder }) => folder).join(", ")}`,
  });
}
