// `npm start`: builds what changed, then is the product until it is told to stop.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "./lib/build.mjs";
import { follow } from "./lib/follow.mjs";
import { root, secondsSince } from "./lib/run.mjs";

if (!existsSync(join(root, "node_modules/.bin/turbo"))) {
  console.error("The packages are not installed yet. Run: npm ci");
  process.exit(1);
}

const startedAt = performance.now();
if (!(await build(["@halyard/api", "@halyard/web", "@halyard/cli"]))) process.exit(1);
console.log(`Built in ${secondsSince(startedAt)}.`);

follow(process.execPath, ["--enable-source-maps", "apps/api/dist/main.js", ...process.argv.slice(2)]);
