import type { Runtime } from "../runtime.ts";

export interface Clock extends Pick<Runtime, "now" | "wallNow" | "after"> {
  /** Lets time pass, running what falls due in order. */
  readonly advance: (ms: number) => void;
  /** Milliseconds until each thing that waits, soonest first. */
  readonly waits: () => number[];
}

/** Time that passes only when a test says so. */
export function createClock(): Clock {
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const soonest = () => [...timers].sort((a, b) => a.at - b.at);
  return {
    now: () => time,
    wallNow: () => 1_800_000_000_000 + time,
    after(delayMs, run) {
      const timer = { at: time + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = time + ms;
      for (let due = soonest()[0]; due !== undefined && due.at <= end; due = soonest()[0]) {
        timers.delete(due);
        time = due.at;
        due.run();
      }
      time = end;
    },
    waits: () => soonest().map(({ at }) => at - time),
  };
}

/** Waits for real input and output, without a clock: turns of the event loop until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${isSo.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Gives what should not happen a fair chance to happen. */
export async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 30));
}

/** A promise that the test settles. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (cause: Error) => void } {
  let resolve!: (value: T) => void;
  let reject!: (cause: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
