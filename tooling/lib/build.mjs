import { run } from "./run.mjs";
import { listWorkspaces } from "./workspaces.mjs";

/**
 * Builds workspaces side by side; what has not changed since the last build comes from turbo's cache.
 *
 * @param {readonly string[]} names of workspaces; those without a build script are as good as built
 * @returns {Promise<boolean>} false after printing why
 */
export async function build(names) {
  const filters = listWorkspaces()
    .filter(({ name, scripts }) => names.includes(name) && scripts.build !== undefined)
    .map(({ name }) => `--filter=${name}`);
  if (filters.length === 0) return true;
  const { ok, output } = await run("turbo", [
    "run",
    "build",
    ...filters,
    "--output-logs=errors-only",
    "--ui=stream",
    "--no-update-notifier",
  ]);
  if (!ok) console.error(`${output.trimEnd()}\n\nThe build failed, so nothing was started.`);
  return ok;
}
