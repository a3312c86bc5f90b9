import { HEARTBEAT_MS } from "@halyard/contracts";
import type { FastifyInstance } from "fastify";
import type { Delivery, EnvironmentState, Hub, KeyHolder } from "../../features/delivery/index.ts";
import { type Channel, openChannel } from "./channel.ts";

/** How long a key that was revoked may go on listening, at most. */
const SWEEP_MS = 1_000;

export interface ChannelsOptions {
  readonly delivery: Delivery;
  /** What its listeners are counted as. */
  readonly door: string;
  readonly eventOf: (state: EnvironmentState) => string;
  readonly repeatsMs: readonly number[];
}

/** One channel a key. They live as long as the scope they are made for. */
export interface Channels {
  of(holder: KeyHolder, hub: Hub): Channel;
}

export function createChannels(scope: FastifyInstance, { delivery, door, eventOf, repeatsMs }: ChannelsOptions): Channels {
  const channels = new Map<string, Channel & { readonly holder: KeyHolder }>();

  const heartbeat = setInterval(() => {
    for (const channel of channels.values()) channel.beat();
  }, HEARTBEAT_MS);
  const sweep = setInterval(() => {
    for (const channel of channels.values()) if (!delivery.isKeyInForce(channel.holder)) channel.close();
  }, SWEEP_MS);
  for (const timer of [heartbeat, sweep]) timer.unref();
  // Before the server waits for its connections to end: these never would.
  scope.addHook("preClose", () => {
    clearInterval(heartbeat);
    clearInterval(sweep);
    for (const channel of channels.values()) channel.close();
  });

  const { listeners } = delivery.counts;
  listeners[door] ??= 0;
  const onListeners = (change: number) => {
    listeners[door] = (listeners[door] ?? 0) + change;
  };

  return {
    of(holder, hub) {
      const open = channels.get(holder.keyId);
      if (open) return open;
      const onEmpty = () => channels.delete(holder.keyId);
      const isKeyGood = () => delivery.isKeyInForce(holder);
      const channel = { ...openChannel(hub, { eventOf, repeatsMs, isKeyGood, onListeners, onEmpty }), holder };
      channels.set(holder.keyId, channel);
      return channel;
    },
  };
}
