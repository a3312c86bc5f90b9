/**
 * Works through `jobs` in order, at most `lanes` at a time, and stops for none that fails.
 *
 * @template T
 * @param {readonly (() => Promise<T>)[]} jobs
 * @param {number} lanes
 * @returns {Promise<void>}
 */
export async function inLanes(jobs, lanes) {
  const waiting = [...jobs];
  const lane = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await job();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
