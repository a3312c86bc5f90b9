import { failureOf, HalyardError, toHalyardError } from "../errors.ts";
import type { Runtime } from "../runtime.ts";

const FLUSH_MS = 10_000;
const TIMEOUT_MS = 2000;
/** Distinct pairs of flag and state; further ones are not counted until the next flush. */
const MAX_COUNTERS = 10_000;

export interface Analytics {
  /** Counts one read. Who read is not recorded. */
  readonly record: (key: string, enabled: boolean) => void;
  /** Resolves when the counts are delivered or given up, after 2 seconds at most. */
  readonly close: () => Promise<void>;
}

interface AnalyticsOptions {
  readonly runtime: Runtime;
  readonly url: string;
  readonly key: () => string | Promise<string>;
  readonly failed: (error: HalyardError) => void;
}

interface Counter {
  readonly feature_name: string;
  readonly enabled_when_evaluated: boolean;
  count: number;
}

/** Tells the server how often each flag is read, so that people can see which are not read any more. */
export function createAnalytics({ runtime, url, key, failed }: AnalyticsOptions): Analytics {
  let counters = new Map<string, Counter>();
  let cancelFlush: (() => void) | undefined;
  let isStopped = false;

  async function flush(): Promise<void> {
    cancelFlush = undefined;
    if (counters.size === 0) return;
    const sent = counters;
    counters = new Map();
    try {
      await send([...sent.values()]);
    } catch (cause) {
      const error = toHalyardError(cause, "ANALYTICS", "Counts of reads could not be delivered.");
      isStopped ||= error.code === "REFUSED";
      if (!isStopped)
        for (const { feature_name, enabled_when_evaluated, count } of sent.values())
          add(feature_name, enabled_when_evaluated, count);
      failed(new HalyardError("ANALYTICS", "Counts of reads could not be delivered.", { cause }));
    }
  }

  async function send(evaluations: readonly Counter[]): Promise<void> {
    const timeout = new AbortController();
    const cancelTimeout = runtime.after(TIMEOUT_MS, () => timeout.abort());
    try {
      const response = await runtime.fetch(`${url}/api/v2/analytics/flags/`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Environment-Key": await key() },
        body: JSON.stringify({ evaluations }),
        signal: timeout.signal,
      });
      await response.arrayBuffer();
      if (!response.ok) throw failureOf(response.status, `The server answered ${response.status}.`);
    } finally {
      cancelTimeout();
    }
  }
  function add(feature: string, enabled: boolean, count: number): void {
    const name = `${enabled}:${feature}`;
    const counter = counters.get(name);
    if (counter !== undefined) counter.count += count;
    else if (counters.size < MAX_COUNTERS) counters.set(name, { feature_name: feature, enabled_when_evaluated: enabled, count });
    if (!isStopped) cancelFlush ??= runtime.after(FLUSH_MS, () => void flush());
  }

  return {
    record(flagKey, enabled) {
      if (!isStopped) add(flagKey, enabled, 1);
    },
    async close() {
      cancelFlush?.();
      await flush();
      isStopped = true;
      cancelFlush?.();
    },
  };
}
