import type { StreamCounts } from "../../features/delivery/index.ts";
import type { Wheel } from "./wheel.ts";

/** A subscription as the clocks see it. */
export interface Beating {
  /** Once every {@link HEARTBEAT_MS}. */
  beat(): void;
  /** Brings it up to date, where it was left out because it did not read fast enough. */
  catchUp(): Promise<void>;
  readonly outlet: { readonly isBusy: boolean };
}

export interface TopicServices {
  readonly beats: Wheel<Beating>;
  readonly late: Late;
  readonly counts: StreamCounts;
  readonly onEmpty: () => void;
}

export interface Topic {
  close(): void;
}

/** Subscriptions that were left out, as their readers were too slow, until they can take something again. */
export interface Late {
  add(item: Beating): void;
  has(item: Beating): boolean;
  delete(item: Beating): void;
  stop(): void;
}
