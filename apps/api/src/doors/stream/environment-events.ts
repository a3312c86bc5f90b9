import { type EnvironmentDelta, type EnvironmentEvent, type EnvironmentSnapshot, HEARTBEAT_MS } from "@halyard/contracts";
import { type Delta, identityOverridesOf } from "@halyard/evaluator";
import type { EnvironmentState, Hub, HubChange } from "../../features/delivery/index.ts";
import { createInbox } from "./inbox.ts";
import type { ReadEnvironmentInput } from "./input.ts";
import { detach } from "./position.ts";

/** Definitions and identity overrides: a snapshot, or what was missed, and then every revision. */
export async function* environmentEvents(
  hub: Hub,
  input: ReadEnvironmentInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<EnvironmentEvent, void> {
  const inbox = createInbox<HubChange | "heartbeat">(signal);
  // First listen, then look: what happens in between is in the inbox.
  const stop = hub.subscribe((change) => inbox.push(change));
  const heartbeat = setInterval(() => inbox.push("heartbeat"), HEARTBEAT_MS);
  try {
    const first = await firstEvents(hub, input);
    let { at } = first;
    yield* first.events;
    for (let item = await inbox.next(); item !== undefined; item = await inbox.next()) {
      if (item === "heartbeat") {
        yield heartbeatAt(at);
        continue;
      }
      const { after } = item;
      if (after.epoch === at.epoch && after.version <= at.version) continue;
      const isNext = after.epoch === at.epoch && item.from === at.version;
      at = after;
      yield isNext && item.delta ? deltaOf(item, input) : snapshotOf(after, input);
    }
  } finally {
    stop();
    clearInterval(heartbeat);
  }
}

/** The answer to one question: everything, or what was missed since the position. */
export async function environmentNow(hub: Hub, input: ReadEnvironmentInput): Promise<EnvironmentEvent> {
  const { at, events } = await firstEvents(hub, input);
  return events[0] ?? snapshotOf(at, input);
}

interface First {
  /** Where the client stands after the events. */
  readonly at: EnvironmentState;
  readonly events: readonly EnvironmentEvent[];
}

async function firstEvents(hub: Hub, input: ReadEnvironmentInput): Promise<First> {
  const position = input.lastEventId ?? "";
  const place = await hub.locate(position);
  const missed = place === "behind" ? await hub.since(position) : undefined;
  if (missed) return { at: missed.after, events: [deltaOf(missed, input)] };
  const at = hub.current();
  if (place === "current" || place === "ahead") return { at, events: [heartbeatAt(at)] };
  const snapshot = snapshotOf(at, input);
  const isLost = place === "foreign";
  return { at, events: isLost ? [{ ...snapshot, position: detach(at.position) }, snapshot] : [snapshot] };
}

export const heartbeatAt = ({ version, position }: EnvironmentState) => ({ type: "heartbeat", to: version, position }) as const;

const snapshots = new WeakMap<EnvironmentState, EnvironmentSnapshot>();

/** Made once a state, for everyone who asks. */
function snapshotOf(state: EnvironmentState, { overrides = true }: ReadEnvironmentInput): EnvironmentSnapshot {
  const known = snapshots.get(state);
  const whole = known ?? {
    type: "snapshot",
    to: state.version,
    position: state.position,
    snapshot: state.compiled.snapshot,
    identityOverrides: identityOverridesOf(state.compiled),
  };
  if (!known) snapshots.set(state, whole);
  return overrides ? whole : { ...whole, identityOverrides: [] };
}

/** Sent although it may be empty: whoever waits for a version hears that it is here. */
function deltaOf({ from, after, delta = {} }: HubChange, { overrides = true }: ReadEnvironmentInput): EnvironmentDelta {
  return {
    type: "delta",
    from,
    to: after.version,
    position: after.position,
    delta: overrides ? delta : withoutOverrides(delta),
  };
}

function withoutOverrides({ identityOverrides: _, ...definitions }: Delta): Delta {
  return definitions;
}
