/** Nobody else waits longer than this for the event loop, whatever the number of clients. */
const SLICE_MS = 5;

/** Visits all, and lets others have their turn every few milliseconds. What is added meanwhile is visited too. */
export async function visitAll<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  let until = performance.now() + SLICE_MS;
  for (const item of items) {
    visit(item);
    if (performance.now() < until) continue;
    await new Promise((resolve) => setImmediate(resolve));
    until = performance.now() + SLICE_MS;
  }
}

/** Runs `work` on everything that was pushed, at once where nothing is under way, and on what comes meanwhile after that, together. */
export function createBursts<T>(work: (items: readonly T[]) => Promise<void>): (item: T) => void {
  const waiting: T[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) await work(waiting.splice(0));
    isRunning = false;
  }

  return (item) => {
    waiting.push(item);
    if (!isRunning) void run();
  };
}
