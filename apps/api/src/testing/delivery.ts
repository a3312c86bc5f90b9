import { AppError } from "../errors.ts";
import { createStreamCounts, type Delivery } from "../features/delivery/index.ts";
import type { CommittedRevision } from "../features/revisions/index.ts";

/** The read side as a process without clients has it: it hears of commits and tells listeners; nothing can be read from it. */
export function createQuietDelivery(): Delivery {
  type Listener = Parameters<Delivery["onRevision"]>[0];
  const listeners = new Set<Listener>();
  const nothing = () => Promise.reject(new AppError("unavailable", "This world has no read side."));
  return {
    announce: (revisions: readonly CommittedRevision[]) => {
      for (const revision of revisions) for (const listener of listeners) listener(revision);
    },
    environment: nothing,
    resolveKey: nothing,
    peek: () => undefined,
    onRevision: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isKeyInForce: () => false,
    identities: { traits: nothing, write: nothing, forget: () => undefined, watch: () => () => undefined },
    counts: createStreamCounts(),
    isReady: () => Promise.resolve(true),
    report: () => ({ hasDatabase: true, hasRedis: undefined, environments: [], revisions: { written: 0, heard: 0 } }),
    retire: () => undefined,
    close: () => Promise.resolve(),
  };
}
