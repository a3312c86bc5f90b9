// `npm test`: every workspace's tests in one run, with whatever this machine has.
// Arguments go to Vitest: `npm test -- packages/db`, `npm test -- -t "never goes back"`.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { build } from "./lib/build.mjs";
import { root, toolEnvironment } from "./lib/run.mjs";
import { listServices } from "./lib/services.mjs";
import { countTests } from "./lib/test-report.mjs";

const required = words(process.env.HALYARD_TEST_REQUIRE);
const unwanted = words(process.env.HALYARD_TEST_WITHOUT);
const services = listServices(process.env);
const unknown = [...required, ...unwanted].find((word) => !services.some(({ name }) => name === word));
if (unknown !== undefined)
  fail(`"${unknown}" is nothing the tests know. There are: ${services.map(({ name }) => name).join(", ")}.`);

/** @type {Record<string, string | undefined>} */
const found = {};
/** @type {string[]} */
const skipped = [];
for (const service of services) {
  const problem = unwanted.includes(service.name)
    ? "HALYARD_TEST_WITHOUT says so"
    : service.address === undefined
      ? "none was found"
      : await service.problem(service.address);
  if (problem === undefined) {
    found[service.variable] = service.address;
    continue;
  }
  if (required.includes(service.name))
    fail(
      `HALYARD_TEST_REQUIRE asks for ${service.label}, and there is none at ${service.address ?? "the usual places"}: ${problem}. To help: ${service.remedy}.`,
    );
  if (service.chosen && !unwanted.includes(service.name))
    fail(`${service.setting} is set, but ${service.label} does not answer there: ${problem}.`);
  found[service.variable] = undefined;
  skipped.push(`skipped: tests against ${service.label} — ${service.remedy} (${problem})`);
}

if (!(await build(["@halyard/sdk"]))) fail("The SDK could not be built, and other tests use it.");

const report = `${root}node_modules/.cache/halyard/test-report.json`;
rmSync(report, { force: true });
const exitCode = await vitest([
  "run",
  "--config",
  "tooling/vitest.config.ts",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);

for (const line of skipped) console.log(line);
const { passed, failed, pending } = countTests(readReport(), exitCode);
console.log(`${passed} passed, ${failed} failed, ${pending} skipped`);
process.exitCode = exitCode === 0 && failed === 0 ? 0 : 1;

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function vitest(args) {
  return new Promise((resolve) => {
    const child = spawn("vitest", args, {
      cwd: root,
      env: toolEnvironment(found),
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
    child.on("error", (error) => {
      console.error(`Vitest could not be started: ${error.message}. Run npm ci first.`);
      resolve(1);
    });
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
}

/** @returns {unknown} undefined when Vitest ended before it could report */
function readReport() {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch (error) {
    console.error(`Vitest left no report: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** @param {string | undefined} list */
function words(list) {
  return (list ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence);
  console.log("0 passed, 1 failed, 0 skipped");
  process.exit(1);
}
