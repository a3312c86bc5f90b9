import { run } from "./run.mjs";

/**
 * Builds the API and the dashboard side by side; what has not changed since the last build comes from turbo's cache.
 *
 * @returns {Promise<boolean>} false after printing why
 */
export async function build() {
  const filters = ["--filter=@halyard/api", "--filter=@halyard/web"];
  const quiet = ["--output-logs=errors-only", "--ui=stream", "--no-update-notifier"];
  const { ok, output } = await run("turbo", ["run", "build", ...filters, ...quiet]);
  if (!ok) console.error(`${output.trimEnd()}\n\nThe build failed, so nothing was started.`);
  return ok;
}
