import type { Runtime } from "./runtime.ts";

/** A page that nobody sees lets go of its connection after this. */
export const HIDDEN_MS = 300_000;

interface PauseOptions {
  readonly runtime: Runtime;
  /** Let go of everything: nobody looks, or there is no network. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** The machine slept: what looks connected may be dead. Not called during a pause. */
  readonly woke: () => void;
}

export interface Pauses {
  readonly isPaused: () => boolean;
  readonly close: () => void;
}

/** Decides from the surroundings when a client rests. May pause before it returns. */
export function watchPauses({ runtime, pause, resume, woke }: PauseOptions): Pauses {
  let isOffline = false;
  let isUnseen = false;
  let cancelHiding: (() => void) | undefined;

  const isPaused = () => isOffline || isUnseen;

  function update(offline: boolean, unseen: boolean): void {
    const wasPaused = isPaused();
    isOffline = offline;
    isUnseen = unseen;
    if (isPaused() === wasPaused) return;
    if (wasPaused) resume();
    else pause();
  }

  const stop = runtime.watchSurroundings((what) => {
    if (what === "offline" || what === "online") update(what === "offline", isUnseen);
    if (what === "visible") {
      cancelHiding?.();
      cancelHiding = undefined;
      update(isOffline, false);
    }
    if (what === "hidden") cancelHiding ??= runtime.after(HIDDEN_MS, () => update(isOffline, true));
    if (what === "woke" && !isPaused()) woke();
  });
  return {
    isPaused,
    close() {
      cancelHiding?.();
      stop();
    },
  };
}
