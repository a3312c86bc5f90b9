import { HalyardError } from "./errors.ts";
import type { Change, Status } from "./types.ts";

export interface Events {
  change: Change;
  status: Status;
  error: HalyardError;
}

export interface Listeners {
  /** Returns the function that ends it. */
  readonly on: <N extends keyof Events>(name: N, listener: (event: Events[N]) => void) => () => void;
  readonly emit: <N extends keyof Events>(name: N, event: Events[N]) => void;
  /** Runs one of the program's functions; what it throws becomes an "error" event and hurts nobody else. */
  readonly guard: (run: () => void) => void;
  readonly clear: () => void;
}

type Listener = (event: never) => void;

export function createListeners(): Listeners {
  let all: { readonly name: keyof Events; readonly listener: Listener }[] = [];

  const emit: Listeners["emit"] = (name, event) => {
    for (const entry of all)
      if (entry.name === name) guard(() => (entry.listener as (event: unknown) => void)(event), name === "error");
  };

  function guard(run: () => void, isLast = false): void {
    try {
      run();
    } catch (cause) {
      // An "error" listener that throws has nobody left to be told.
      if (!isLast) emit("error", new HalyardError("LISTENER", "A listener threw.", { cause }));
    }
  }

  return {
    on(name, listener) {
      const entry = { name, listener };
      all = [...all, entry];
      return () => {
        all = all.filter((other) => other !== entry);
      };
    },
    emit,
    guard: (run) => guard(run),
    clear: () => {
      all = [];
    },
  };
}
