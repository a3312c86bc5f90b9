import type { Delivery } from "../../features/delivery/index.ts";
import type { StreamTokens } from "./stream-token.ts";

/** Where counts of flag reads go. */
export interface CountSink {
  add(read: { environmentId: number; flagKey: string; enabled: boolean; count: number }): void;
}

export interface OfrepServices {
  readonly delivery: Delivery;
  readonly counts: CountSink;
  /** Signs the addresses of event streams; the same on every process. */
  readonly secret: string;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

export interface DoorParts extends OfrepServices {
  readonly tokens: StreamTokens;
}
