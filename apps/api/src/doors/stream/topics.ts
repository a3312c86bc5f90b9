import { HEARTBEAT_MS } from "@halyard/contracts";
import type { Logger } from "pino";
import type { Hub, StreamCounts } from "../../features/delivery/index.ts";
import { createEnvironmentTopic, type EnvironmentTopic } from "./environment-topic.ts";
import { createFlagsTopic, type FlagsTopic } from "./flags-topic.ts";
import { createLate } from "./late.ts";
import type { Beating, Topic } from "./topic.ts";
import { createWheel } from "./wheel.ts";

/** What there is to subscribe to. An environment costs something only while somebody listens. */
export interface Topics {
  environment(hub: Hub): EnvironmentTopic;
  flags(hub: Hub): FlagsTopic;
  close(): void;
}

/** How many times a round subscriptions are looked after. */
const TURNS = 60;

export function createTopics({ counts, log }: { readonly counts: StreamCounts; readonly log: Logger }): Topics {
  const beats = createWheel<Beating>({ roundMs: HEARTBEAT_MS, turns: TURNS, visit: (it) => it.beat() });
  const late = createLate(log);
  const shared = { beats, late, counts };
  const environments = createShelf<EnvironmentTopic>((hub, onEmpty) => createEnvironmentTopic(hub, { ...shared, onEmpty }));
  const flags = createShelf<FlagsTopic>((hub, onEmpty) => createFlagsTopic(hub, { ...shared, onEmpty }));
  return {
    environment: environments.get,
    flags: flags.get,
    close() {
      beats.stop();
      late.stop();
      environments.close();
      flags.close();
    },
  };
}

/** One topic for each hub, from its first subscription to the end of its last. */
function createShelf<T extends Topic>(create: (hub: Hub, onEmpty: () => void) => T) {
  const topics = new Map<Hub, T>();
  const get = (hub: Hub): T => {
    const known = topics.get(hub);
    if (known) return known;
    const topic = create(hub, () => {
      topic.close();
      topics.delete(hub);
    });
    topics.set(hub, topic);
    return topic;
  };
  return {
    get,
    close() {
      for (const topic of topics.values()) topic.close();
      topics.clear();
    },
  };
}
