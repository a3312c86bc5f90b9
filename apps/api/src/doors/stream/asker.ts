import type { Logger } from "pino";
import type { Delivery, KeyHolder } from "../../features/delivery/index.ts";

/** Who asks for flags, and what it takes to answer. */
export interface Asker {
  readonly delivery: Delivery;
  readonly log: Logger;
  readonly holder: KeyHolder;
  /** False for GET, which never stores anything. */
  readonly mayStore: boolean;
}
