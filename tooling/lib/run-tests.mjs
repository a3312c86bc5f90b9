import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { build } from "./build.mjs";
import { root, toolEnvironment } from "./run.mjs";
import { listServices } from "./services.mjs";
import { countTests } from "./test-report.mjs";

/**
 * Runs Vitest with whatever this machine has, names what is skipped, and ends with the line `N passed, N failed, N skipped`.
 *
 * @param {object} wish
 * @param {readonly string[]} wish.builds workspaces the tests use as they are built
 * @param {readonly string[]} wish.args for Vitest, after `run`
 */
export async function runTests({ builds, args }) {
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

  if (!(await build(builds))) fail("What the tests use could not be built.");

  const report = `${root}node_modules/.cache/halyard/test-report-${process.pid}.json`;
  // A machine that does much else can make a test late that is right: CI gives it a second attempt, and names it with "retry x1".
  const attempts = process.env.CI === "true" ? ["--retry=1"] : [];
  const exitCode = await vitest(
    ["run", ...args, ...attempts, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    found,
  );

  for (const line of skipped) console.log(line);
  const { passed, failed, pending } = countTests(readReport(report), exitCode);
  rmSync(report, { force: true });
  console.log(`${passed} passed, ${failed} failed, ${pending} skipped`);
  process.exitCode = exitCode === 0 && failed === 0 ? 0 : 1;
}

/**
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<number>}
 */
function vitest(args, env) {
  return new Promise((resolve) => {
    const child = spawn("vitest", args, {
      cwd: root,
      env: toolEnvironment(env),
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

/**
 * @param {string} report
 * @returns {unknown} undefined when Vitest ended before it could report
 */
function readReport(report) {
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
