/**
 * Numbers for the last line. A file that could not be loaded holds no test, and an error outside all tests belongs to none:
 * both must show as a failure, or a broken run would read "0 failed".
 *
 * @param {unknown} report Vitest's JSON report, or undefined when there is none
 * @param {number} exitCode Vitest's
 * @returns {{ passed: number, failed: number, pending: number }}
 */
export function countTests(report, exitCode) {
  const counts = { passed: 0, failed: 0, pending: 0 };
  for (const file of files(report)) {
    const statuses = file.assertionResults.map(({ status }) => status);
    counts.passed += statuses.filter((status) => status === "passed").length;
    counts.failed += statuses.filter((status) => status === "failed").length;
    counts.pending += statuses.filter((status) => status !== "passed" && status !== "failed").length;
    if (file.status === "failed" && !statuses.includes("failed")) counts.failed += 1;
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** @typedef {{ status: string, assertionResults: readonly { status: string }[] }} TestFile */

/**
 * @param {unknown} report
 * @returns {readonly TestFile[]}
 */
function files(report) {
  const { testResults } = /** @type {{ testResults?: readonly TestFile[] }} */ (report ?? {});
  return testResults ?? [];
}
