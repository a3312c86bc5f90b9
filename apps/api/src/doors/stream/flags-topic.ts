import type { Hub, HubChange } from "../../features/delivery/index.ts";
import { createFlagsPass } from "./flags-pass.ts";
import { FlagsReader, type FlagsRequest } from "./flags-reader.ts";
import type { Outlet, Subscription } from "./outlet.ts";
import type { Topic, TopicServices } from "./topic.ts";
import { createLeanings, type Touched } from "./touched.ts";
import { createBursts, visitAll } from "./turns.ts";

/** The results of many contexts in one environment: all of them first, and then only what changes for each. */
export interface FlagsTopic extends Topic {
  subscribe(request: FlagsRequest, outlet: Outlet): Subscription;
}

export function createFlagsTopic(hub: Hub, services: TopicServices): FlagsTopic {
  const { counts, onEmpty } = services;
  const readers = new Set<FlagsReader>();
  const leanings = createLeanings(hub.current());
  const unsubscribe = hub.subscribe(createBursts(tell));

  async function tell(changes: readonly HubChange[]): Promise<void> {
    const after = changes.at(-1)?.after ?? hub.current();
    const touched = touchedBy(changes);
    const isReplaced = changes.some((change) => !change.delta || change.before?.epoch !== after.epoch);
    const news = { after, pass: isReplaced ? undefined : createFlagsPass(touched, after) };
    await visitAll(readers, (reader) => reader.hear(news));
  }

  function touchedBy(changes: readonly HubChange[]): Touched {
    const all = changes.map(({ before, after, delta }) => leanings.touchedBy(delta, { before: before ?? after, after }));
    const [only] = all;
    if (only && all.length === 1) return only;
    return {
      keys: all.some((it) => it.keys === "all") ? "all" : [...new Set(all.flatMap((it) => it.keys))],
      identifiers: new Set(all.flatMap((it) => [...it.identifiers])),
    };
  }

  return {
    subscribe(request, outlet) {
      const reader = new FlagsReader(request, outlet, services);
      readers.add(reader);
      counts.open.flags++;
      void reader.open();
      return {
        stop() {
          if (!readers.delete(reader)) return;
          reader.stop();
          counts.open.flags--;
          if (readers.size === 0) onEmpty();
        },
      };
    },
    close: unsubscribe,
  };
}
