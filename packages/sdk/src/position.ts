import type { Position } from "@halyard/contracts";

/** Where a client stands. */
export interface Mark {
  readonly to: number;
  readonly position: Position;
}

/** The part of an event that decides whether it applies. */
export interface Step extends Mark {
  readonly type: string;
  readonly from?: number;
}

export type Verdict = "apply" | "ignore" | "gap";

/**
 * A snapshot replaces everything, unless it is older history of the same epoch: a node that lags behind, or the old socket during
 * a change of sockets. A change applies once, in order. Where every version is sent, a heartbeat beyond what we have
 * means that something was lost.
 */
export function judge(mine: Mark | undefined, step: Step): Verdict {
  const isSameEpoch = mine !== undefined && epochOf(mine.position) === epochOf(step.position);
  if (step.type === "snapshot" || step.type === "full") return isSameEpoch && step.to < mine.to ? "ignore" : "apply";
  if (!isSameEpoch) return "gap";
  if (step.to <= mine.to) return "ignore";
  return step.from === undefined || step.from > mine.to ? "gap" : "apply";
}

/** `<epoch>:<number>`: what people and programs compare, without the hash. */
export function versionOf({ position, to }: Mark): string {
  return `${epochOf(position)}:${to}`;
}

export function epochOf(position: Position): string {
  return position.split(":", 1).join("");
}
