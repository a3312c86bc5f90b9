// `npm run check`: every question about the source that can be answered without running it.
// `npm run check -- types lint` runs only the steps whose names hold one of the words.
import { availableParallelism } from "node:os";
import { build } from "./lib/build.mjs";
import { inLanes } from "./lib/lanes.mjs";
import { secondsSince } from "./lib/run.mjs";
import { listSteps } from "./lib/steps.mjs";

const words = process.argv.slice(2);
const steps = listSteps().filter((step) => words.length === 0 || words.some((word) => step.name.includes(word)));
if (steps.length === 0) {
  console.error(
    `No step is called ${words.join(" or ")}. There are: ${listSteps()
      .map((step) => step.name)
      .join(", ")}.`,
  );
  process.exit(1);
}

const startedAt = performance.now();
// Others see the SDK as its users do: by what it is built into.
if (!(await build(["@halyard/sdk"]))) process.exit(1);
/** @type {string[]} */
const failed = [];

// What writes files runs alone at the end, so that no other step sees a half-written tree.
await inLanes(steps.filter((step) => !step.writes).map(toJob), Math.min(2, availableParallelism()));
await inLanes(steps.filter((step) => step.writes).map(toJob), 1);

console.log("");
if (failed.length > 0)
  console.log(`Failed: ${failed.join(", ")}. Run one alone with: npm run check -- ${failed[0]?.split(" ")[0] ?? ""}`);
console.log(`check took ${secondsSince(startedAt)}`);
console.log(`${steps.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** @param {import("./lib/steps.mjs").Step} step */
function toJob(step) {
  return async () => {
    const stepStartedAt = performance.now();
    const { ok, output } = await step.run();
    console.log(`${ok ? "ok  " : "FAIL"}  ${step.name.padEnd(24)} ${secondsSince(stepStartedAt).padStart(7)}`);
    if (ok) return;
    failed.push(step.name);
    console.log(`${output.trimEnd().replaceAll(/^/gm, "      ")}\n`);
  };
}
