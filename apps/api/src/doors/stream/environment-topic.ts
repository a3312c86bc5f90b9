import { type EnvironmentDelta, type EnvironmentEvent, type EnvironmentSnapshot, type Heartbeat } from "@halyard/contracts";
import { type Delta, identityOverridesOf } from "@halyard/evaluator";
import type { EnvironmentState, Hub, HubChange } from "../../features/delivery/index.ts";
import { type Burst, isPast, toBurst } from "./burst.ts";
import type { ReadEnvironmentInput } from "./input.ts";
import type { Outlet, Subscription } from "./outlet.ts";
import { detach } from "./position.ts";
import { Prepared } from "./prepared.ts";
import type { Beating, Topic, TopicServices } from "./topic.ts";
import { createBursts, visitAll } from "./turns.ts";

/** Definitions and identity overrides of one environment: a snapshot, or what was missed, and then every revision. */
export interface EnvironmentTopic extends Topic {
  subscribe(input: ReadEnvironmentInput, outlet: Outlet): Subscription;
}

/** One subscription. While `at` is undefined its first event is not sent yet. */
interface Reader extends Beating {
  readonly outlet: Outlet;
  readonly hasOverrides: boolean;
  at: EnvironmentState | undefined;
}

export function createEnvironmentTopic(hub: Hub, { beats, late, counts, onEmpty }: TopicServices): EnvironmentTopic {
  const readers = new Set<Reader>();
  const unsubscribe = hub.subscribe(createBursts(tell));

  async function tell(changes: readonly HubChange[]): Promise<void> {
    const burst = toBurst(changes);
    const prepared = { with: toEvents(burst, true), without: toEvents(burst, false) };
    await visitAll(readers, (reader) => {
      if (!reader.at || isPast(reader.at, burst.after)) return;
      if (reader.outlet.isBusy || late.has(reader)) postpone(reader);
      else advance(reader, burst.after, prepared[reader.hasOverrides ? "with" : "without"](reader.at));
    });
  }

  function advance(reader: Reader, at: EnvironmentState, event: Prepared): void {
    reader.at = at;
    reader.outlet.send(event);
  }

  function postpone(reader: Reader): void {
    if (!late.has(reader)) counts.total.collapsed++;
    late.add(reader);
  }

  /** Sends what was missed since it stood where it stands. */
  async function catchUp(reader: Reader): Promise<void> {
    const { at, hasOverrides } = reader;
    if (!at) return;
    if (!isPast(at, hub.current())) {
      const missed = await hub.since(at.position);
      if (!readers.has(reader)) return;
      const { delta, after } = missed ?? { delta: undefined, after: hub.current() };
      const event = delta ? new Prepared(deltaOf(at.version, after, { delta, hasOverrides })) : snapshotOf(after, hasOverrides);
      advance(reader, after, event);
    }
    // What came in between is for the next time.
    if (reader.at && isPast(reader.at, hub.current())) late.delete(reader);
  }

  async function open(reader: Reader, input: ReadEnvironmentInput): Promise<void> {
    try {
      const { at, events } = await firstEvents(hub, input);
      if (!readers.has(reader)) return;
      for (const event of events) reader.outlet.send(event);
      reader.at = at;
      beats.add(reader);
      // What happened since it was looked up.
      if (at !== hub.current()) late.add(reader);
    } catch (error) {
      if (readers.has(reader)) reader.outlet.fail(error);
    }
  }

  return {
    subscribe(input, outlet) {
      const reader: Reader = {
        outlet,
        hasOverrides: input.overrides ?? true,
        at: undefined,
        beat() {
          // Withheld from whoever is behind: it would confirm what was not delivered.
          if (!reader.at || outlet.isBusy || late.has(reader)) return;
          outlet.send(heartbeatAt(reader.at));
        },
        catchUp: () => catchUp(reader),
      };
      readers.add(reader);
      counts.open.environment++;
      void open(reader, input);
      return {
        stop() {
          if (!readers.delete(reader)) return;
          counts.open.environment--;
          beats.delete(reader);
          late.delete(reader);
          if (readers.size === 0) onEmpty();
        },
      };
    },
    close: unsubscribe,
  };
}

/** The answer to one question: everything, or what was missed since the position. */
export async function environmentNow(hub: Hub, input: ReadEnvironmentInput): Promise<EnvironmentEvent> {
  const { events } = await firstEvents(hub, input);
  return events[0].eventFor(undefined);
}

interface First {
  /** Where the client stands after the events. */
  readonly at: EnvironmentState;
  readonly events: readonly [Prepared<EnvironmentEvent>, ...Prepared<EnvironmentEvent>[]];
}

async function firstEvents(hub: Hub, { lastEventId, overrides: hasOverrides = true }: ReadEnvironmentInput): Promise<First> {
  const position = lastEventId ?? "";
  const place = await hub.locate(position);
  const missed = place === "behind" ? await hub.since(position) : undefined;
  if (missed) {
    const { from, after, delta = {} } = missed;
    return { at: after, events: [new Prepared(deltaOf(from, after, { delta, hasOverrides }))] };
  }
  const at = hub.current();
  if (place === "current" || place === "ahead") return { at, events: [heartbeatAt(at)] };
  const snapshot = snapshotOf(at, hasOverrides);
  if (place !== "foreign") return { at, events: [snapshot] };
  const lost = new Prepared({ ...snapshot.eventFor(undefined), position: detach(at.position) });
  return { at, events: [lost, snapshot] };
}

/** Events of a burst, made once for all who stand at the same version. */
function toEvents(burst: Burst, hasOverrides: boolean): (at: EnvironmentState) => Prepared<EnvironmentEvent> {
  const made = new Map<EnvironmentState, Prepared<EnvironmentEvent>>();
  return (at) => {
    const known = made.get(at);
    if (known) return known;
    const { after } = burst;
    const delta = burst.deltaFrom(at);
    const event = delta ? new Prepared(deltaOf(at.version, after, { delta, hasOverrides })) : snapshotOf(after, hasOverrides);
    made.set(at, event);
    return event;
  };
}

interface PreparedState {
  heartbeat?: Prepared<Heartbeat>;
  whole?: Prepared<EnvironmentSnapshot>;
  withoutOverrides?: Prepared<EnvironmentSnapshot>;
}

/** Made once a state, for everyone who asks. */
const states = new WeakMap<EnvironmentState, PreparedState>();

function preparedOf(state: EnvironmentState): PreparedState {
  const known = states.get(state) ?? {};
  states.set(state, known);
  return known;
}

function heartbeatAt(state: EnvironmentState): Prepared<Heartbeat> {
  const { version: to, position } = state;
  return (preparedOf(state).heartbeat ??= new Prepared({ type: "heartbeat", to, position }));
}

function snapshotOf(state: EnvironmentState, hasOverrides: boolean): Prepared<EnvironmentSnapshot> {
  const made = preparedOf(state);
  const { version: to, position, compiled } = state;
  const event = { type: "snapshot", to, position, snapshot: compiled.snapshot } as const;
  return hasOverrides
    ? (made.whole ??= new Prepared({ ...event, identityOverrides: identityOverridesOf(compiled) }))
    : (made.withoutOverrides ??= new Prepared({ ...event, identityOverrides: [] }));
}

/** Sent although it may be empty: whoever waits for a version hears that it is here. */
function deltaOf(
  from: number,
  { version: to, position }: EnvironmentState,
  { delta, hasOverrides }: { readonly delta: Delta; readonly hasOverrides: boolean },
): EnvironmentDelta {
  return { type: "delta", from, to, position, delta: hasOverrides ? delta : withoutOverrides(delta) };
}

function withoutOverrides({ identityOverrides: _, ...definitions }: Delta): Delta {
  return definitions;
}
