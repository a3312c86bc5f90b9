// `npm run bench`: measures with whatever this machine has. What needs more says so, and is left out.
import { follow } from "./lib/follow.mjs";
import { listServices } from "./lib/services.mjs";

/** @type {Record<string, string>} */
const found = {};
for (const { address, problem, variable } of listServices(process.env)) {
  if (address !== undefined && (await problem(address)) === undefined) found[variable] = address;
}

follow("tsx", ["proof/bench/main.ts", ...process.argv.slice(2)], found);
