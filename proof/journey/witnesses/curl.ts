import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { createSightings, readEvery } from "../sightings.ts";
import type { Connection, Witness } from "../witness.ts";

const READ_EVERY_MS = 250;

export const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** The program of that name, as a shell script would poll with it. */
export function curl({ url, clientKey, flag }: Connection): Witness {
  const { report, sees } = createSightings("curl");
  const args = ["--silent", "--show-error", "--fail", "--header", `X-Environment-Key: ${clientKey}`, `${url}/api/v1/flags/`];
  const close = readEvery(READ_EVERY_MS, async () => {
    const { stdout } = await promisify(execFile)("curl", args);
    const found = (JSON.parse(stdout) as { feature: { name: string }; enabled: boolean }[]).find(
      (it) => it.feature.name === flag,
    );
    if (!found) throw new Error(`curl was not told of ${flag}: ${stdout}`);
    report(found.enabled);
  });
  return { sees, close };
}
