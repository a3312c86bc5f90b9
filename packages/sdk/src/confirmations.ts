import type { AckInput } from "@halyard/contracts";
import type { Runtime } from "./runtime.ts";

/** Between two confirmations; what is applied in between is confirmed by the newest. */
export const CONFIRM_PAUSE_MS = 1000;

type Position = AckInput["position"];

export interface Confirmations {
  /** Everything up to this position is applied. Said again, it costs nothing. */
  readonly confirm: (position: Position) => void;
  /** A server that does not know confirmations is not asked again. */
  readonly answered: (isAccepted: boolean) => void;
  readonly close: () => void;
}

/** Tells the server which version is applied: at once where it was quiet, else the newest once a second, one at a time. */
export function createConfirmations(runtime: Runtime, send: (position: Position) => void): Confirmations {
  let confirmed: Position | undefined;
  let newest: Position | undefined;
  let sentAt = Number.NEGATIVE_INFINITY;
  let isAnswered = true;
  let isWanted = true;
  let cancelPause: (() => void) | undefined;

  function next(): void {
    if (!isWanted || !isAnswered || cancelPause !== undefined || newest === undefined || newest === confirmed) return;
    const pauseMs = sentAt + CONFIRM_PAUSE_MS - runtime.now();
    if (pauseMs > 0) {
      cancelPause = runtime.after(pauseMs, () => {
        cancelPause = undefined;
        next();
      });
      return;
    }
    confirmed = newest;
    isAnswered = false;
    sentAt = runtime.now();
    send(newest);
  }

  function close(): void {
    isWanted = false;
    cancelPause?.();
  }

  return {
    confirm(position) {
      newest = position;
      next();
    },
    answered(isAccepted) {
      isAnswered = true;
      if (isAccepted) next();
      else close();
    },
    close,
  };
}
