import { failureOf, HalyardError, toHalyardError } from "../errors.ts";
import type { Runtime } from "../runtime.ts";

const FLUSH_MS = 10_000;
const TIMEOUT_MS = 2000;
/** Before the one retry of a report. */
const RETRY_MS = 1000;
/** Distinct things that are counted; further ones are not, until the next report. */
const MAX_COUNTERS = 10_000;
/** No flag's key is longer; a program that reads such keys must not spoil the report. */
const MAX_KEY = 200;

export interface FlagRead {
  readonly key: string;
  /** False also where there is no such flag. */
  readonly enabled: boolean;
  readonly variant: string | null;
  readonly version: string | null;
}

export interface Analytics {
  /** Counts one read. Who read is not recorded. */
  readonly record: (read: FlagRead) => void;
  /** Resolves when the counts are delivered or given up, after 2 seconds at most. */
  readonly close: () => Promise<void>;
}

interface AnalyticsOptions {
  readonly runtime: Runtime;
  readonly url: string;
  readonly key: () => string | Promise<string>;
  readonly failed: (error: HalyardError) => void;
}

/** Reads of one flag in one state at one version. */
interface Counter {
  readonly read: FlagRead;
  count: number;
}

/** Tells the server how often each flag is read, so that people can see which are not read any more. */
export function createAnalytics({ runtime, url, key, failed }: AnalyticsOptions): Analytics {
  let counters = new Map<string, Counter>();
  let startedAt = runtime.wallNow();
  let cancelFlush: (() => void) | undefined;
  let endPause: (() => void) | undefined;
  let sending = Promise.resolve();
  let isClosing = false;
  let isStopped = false;
  const end = new AbortController();

  function flush(): Promise<void> {
    cancelFlush?.();
    cancelFlush = undefined;
    if (counters.size > 0) {
      const sent = counters;
      const report = reportOf(sent, { from: startedAt, to: runtime.wallNow() });
      counters = new Map();
      sending = sending.then(() => deliver(report, sent));
    }
    startedAt = runtime.wallNow();
    return sending;
  }

  async function deliver(report: string, sent: ReadonlyMap<string, Counter>): Promise<void> {
    try {
      await send(report).catch((cause: unknown) => retry(report, cause));
    } catch (cause) {
      isStopped ||= isRefusal(cause);
      if (!isStopped) for (const { read, count } of sent.values()) add(read, count);
      failed(new HalyardError("ANALYTICS", "Counts of reads could not be delivered.", { cause }));
    }
  }

  /** Once, and as the same report: a server that got the first one can tell. */
  async function retry(report: string, cause: unknown): Promise<void> {
    if (isRefusal(cause) || end.signal.aborted) throw cause;
    if (!isClosing)
      await new Promise<void>((resolve) => {
        const cancel = runtime.after(RETRY_MS, resolve);
        endPause = () => {
          cancel();
          resolve();
        };
      });
    await send(report);
  }

  async function send(report: string): Promise<void> {
    const timeout = new AbortController();
    const cancelTimeout = runtime.after(TIMEOUT_MS, () => timeout.abort());
    try {
      const response = await runtime.fetch(`${url}/api/v2/analytics/flags/`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Environment-Key": await key() },
        body: report,
        signal: AbortSignal.any([timeout.signal, end.signal]),
      });
      await response.arrayBuffer();
      if (!response.ok) throw failureOf(response.status, `The server answered ${response.status}.`);
    } finally {
      cancelTimeout();
    }
  }

  function add(read: FlagRead, count: number): void {
    const name = `${read.version} ${read.variant} ${read.enabled} ${read.key}`;
    const counter = counters.get(name);
    if (counter !== undefined) counter.count += count;
    else if (counters.size < MAX_COUNTERS) counters.set(name, { read, count });
    if (!isStopped && !isClosing) cancelFlush ??= runtime.after(FLUSH_MS, () => void flush());
  }

  return {
    record(read) {
      if (!isStopped && !isClosing && read.key.length <= MAX_KEY) add(read, 1);
    },
    async close() {
      isClosing = true;
      endPause?.();
      await new Promise<void>((resolve) => {
        const cancelDeadline = runtime.after(TIMEOUT_MS, () => {
          end.abort();
          resolve();
        });
        void flush().finally(() => {
          cancelDeadline();
          resolve();
        });
      });
    },
  };
}

function isRefusal(cause: unknown): boolean {
  return toHalyardError(cause, "ANALYTICS", "").code === "REFUSED";
}

function reportOf(counters: ReadonlyMap<string, Counter>, window: { readonly from: number; readonly to: number }): string {
  const evaluations = [...counters.values()].map(({ read: { key, enabled, variant, version }, count }) => ({
    feature_name: key,
    enabled_when_evaluated: enabled,
    count,
    ...(variant !== null && { variant }),
    ...(version !== null && { version }),
  }));
  return JSON.stringify({ id: crypto.randomUUID(), from: window.from, to: window.to, evaluations });
}
