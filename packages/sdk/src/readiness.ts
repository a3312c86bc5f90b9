import type { HalyardError } from "./errors.ts";
import type { Listeners } from "./listeners.ts";
import type { Runtime } from "./runtime.ts";
import type { ReadyOptions, Source, Status } from "./types.ts";

const DEFAULT_TIMEOUT_MS = 5000;
/** Failures in a row over this time are no hiccup any more. */
const GRACE_MS = 30_000;

export interface Readiness {
  readonly ready: (options?: ReadyOptions) => Promise<{ readonly source: Source }>;
  readonly status: () => Status;
  readonly set: (status: Status) => void;
  /** A refused key ends the waiting at once: no patience helps. */
  readonly fail: (error: HalyardError, hasValues: boolean) => void;
  /** Nothing is tried for now, on purpose. */
  readonly pause: (hasValues: boolean) => void;
  readonly close: () => void;
}

interface ReadinessOptions {
  readonly runtime: Runtime;
  readonly listeners: Listeners;
  readonly source: () => Source;
}

export function createReadiness({ runtime, listeners, source }: ReadinessOptions): Readiness {
  let current: Status = "connecting";
  let isSettled = false;
  let failingSince: number | undefined;
  let waiting: (() => void)[] = [];

  function set(status: Status): void {
    if (status === "live" || status === "polling") failingSince = undefined;
    if (status === current) return;
    current = status;
    if (status === "live" || status === "polling" || status === "closed") settle();
    listeners.emit("status", status);
  }

  function settle(): void {
    isSettled = true;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  return {
    async ready({ timeoutMs = DEFAULT_TIMEOUT_MS } = {}) {
      if (!isSettled)
        await new Promise<void>((resolve) => {
          const cancel = runtime.after(timeoutMs, resolve);
          waiting.push(() => {
            cancel();
            resolve();
          });
        });
      return { source: source() };
    },
    status: () => current,
    set,
    fail(error, hasValues) {
      failingSince ??= runtime.now();
      const isRefused = error.code === "REFUSED";
      if (isRefused) settle();
      const isLasting = isRefused || runtime.now() - failingSince >= GRACE_MS;
      if (isLasting) set("error");
      // A lasting failure is over with the first success, not with a failure of another kind.
      else if (current !== "error") set(hasValues ? "stale" : "connecting");
    },
    pause(hasValues) {
      failingSince = undefined;
      set(hasValues ? "stale" : "connecting");
    },
    close: () => set("closed"),
  };
}
