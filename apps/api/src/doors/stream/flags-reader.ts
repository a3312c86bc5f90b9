import type { FlagsEvent, FlagsFull, Heartbeat } from "@halyard/contracts";
import type { EnvironmentState, Hub } from "../../features/delivery/index.ts";
import { hasClock } from "../shared/has-clock.ts";
import type { Asker } from "./asker.ts";
import { isPast } from "./burst.ts";
import { changesOf, type FlagsPass } from "./flags-pass.ts";
import type { ReadFlagsInput } from "./input.ts";
import type { Outlet } from "./outlet.ts";
import { detach } from "./position.ts";
import { ANY_MARK, Prepared } from "./prepared.ts";
import { isSameFor, resultsOf } from "./results.ts";
import type { Beating, TopicServices } from "./topic.ts";
import { type IdentifiedViewer, identifierOf, openViewer, reopenViewer } from "./viewer.ts";

export interface FlagsRequest {
  readonly ctx: Asker;
  readonly hub: Hub;
  readonly input: ReadFlagsInput;
}

/** A change as all readers hear of it. */
export interface FlagsNews {
  readonly after: EnvironmentState;
  /** Undefined where history was replaced. */
  readonly pass: FlagsPass | undefined;
}

/** One subscription. No result is kept: what a change means is found by deciding before and after. */
export class FlagsReader implements Beating {
  readonly #request: FlagsRequest;
  readonly outlet: Outlet;
  readonly #services: TopicServices;
  /** Undefined until the first event is sent. */
  #viewer: IdentifiedViewer | undefined;
  at: EnvironmentState;
  /** The last version the client was told of: quiet ones in between are part of the next event. */
  told = 0;
  #isOver = false;
  #stopTraits: (() => void) | undefined;

  constructor(request: FlagsRequest, outlet: Outlet, services: TopicServices) {
    this.#request = request;
    this.outlet = outlet;
    this.#services = services;
    this.at = request.hub.current();
  }

  async open(): Promise<void> {
    const { ctx, hub, input } = this.#request;
    try {
      // First listen, then look.
      this.#stopTraits = this.#watchTraits();
      const viewer = await openViewer(ctx, hub, input);
      const { at, events } = await firstEvents({ hub, input, viewer });
      if (this.#isOver) return;
      this.#viewer = viewer;
      for (const event of events) this.#send(at, event);
      this.#services.beats.add(this);
      // What happened since it was looked up.
      if (at !== hub.current()) this.#services.late.add(this);
    } catch (error) {
      if (!this.#isOver) this.outlet.fail(error);
    }
  }

  hear({ after, pass }: FlagsNews): void {
    const viewer = this.#viewer;
    if (!viewer || isPast(this.at, after)) return;
    if (this.outlet.isBusy || this.#services.late.has(this)) {
      if (!this.#services.late.has(this)) this.#services.counts.total.collapsed++;
      this.#services.late.add(this);
      return;
    }
    const event = pass ? pass.eventFor(viewer, this) : fullOf(after, viewer);
    this.at = after;
    if (event) this.#send(after, event);
  }

  beat(): void {
    // Withheld from whoever is behind: it would confirm what was not delivered.
    if (!this.#isBehind()) this.#send(this.at, heartbeatAt(this.at));
    // Another node may have written traits without telling this one; mostly this asks the cache. Or time has passed something.
    if (identifierOf(this.#request.input) !== undefined || hasClock(this.at.compiled.snapshot)) void this.#refreshViewer();
  }

  catchUp(): Promise<void> {
    const now = this.#request.hub.current();
    if (this.#viewer && !this.#isOver && !isPast(this.at, now)) this.#send(now, fullOf(now, this.#viewer));
    this.#services.late.delete(this);
    return Promise.resolve();
  }

  stop(): void {
    this.#isOver = true;
    this.#stopTraits?.();
    this.#services.beats.delete(this);
    this.#services.late.delete(this);
  }

  #isBehind(): boolean {
    return !this.#viewer || this.outlet.isBusy || this.#services.late.has(this);
  }

  #send(at: EnvironmentState, event: Prepared): void {
    this.at = at;
    this.told = at.version;
    this.outlet.send(event, this.#viewer?.mark);
  }

  #watchTraits(): (() => void) | undefined {
    const { ctx, input } = this.#request;
    const identifier = identifierOf(input);
    if (identifier === undefined) return undefined;
    const { environmentId } = ctx.holder;
    return ctx.delivery.identities.watch({ environmentId, identifier }, () => void this.#refreshViewer());
  }

  async #refreshViewer(): Promise<void> {
    const { ctx, input } = this.#request;
    try {
      const now = await reopenViewer(ctx, input);
      const was = this.#viewer;
      // Unknown traits are no change of traits. Before the first event there is nothing to correct.
      if (this.#isOver || !was || !now.isFresh) return;
      if (now.mark === was.mark && !hasClock(this.at.compiled.snapshot)) return;
      const isSame = isSameFor(this.at, was, now);
      this.#viewer = now;
      if (isSame) return;
      if (this.#isBehind()) {
        // It is to get everything, whatever version it stands at.
        this.at = { ...this.at, version: -1 };
        this.#services.late.add(this);
      } else this.#send(this.at, fullOf(this.at, now));
    } catch (error) {
      ctx.log.debug({ err: error }, "traits could not be read again");
    }
  }
}

/** The answer to one question. */
export async function flagsNow({ ctx, hub, input }: FlagsRequest): Promise<FlagsEvent> {
  const viewer = await openViewer(ctx, hub, input);
  const { events } = await firstEvents({ hub, input, viewer });
  return events[0].eventFor(viewer.mark);
}

interface Opening {
  readonly hub: Hub;
  readonly input: ReadFlagsInput;
  readonly viewer: IdentifiedViewer;
}

interface First {
  readonly at: EnvironmentState;
  readonly events: readonly [Prepared<FlagsEvent>, ...Prepared<FlagsEvent>[]];
}

/** The log holds rules, not this context's results: they are evaluated now, and sent unless the client has exactly them. */
async function firstEvents({ hub, input, viewer }: Opening): Promise<First> {
  const position = input.lastEventId ?? "";
  const place = await hub.locate(position);
  const at = hub.current();
  const isKnown = position.endsWith(`:${viewer.mark}`) && !hasClock(at.compiled.snapshot);
  if (place === "ahead" || (place === "current" && isKnown)) {
    return { at, events: [changesOf(at.version, at, { changed: {}, removed: [] })] };
  }
  const full = fullOf(at, viewer);
  if (place !== "foreign") return { at, events: [full] };
  const event = full.eventFor(undefined);
  return { at, events: [new Prepared({ ...event, position: detach(event.position) }), full] };
}

const fullOf = (at: EnvironmentState, viewer: IdentifiedViewer): Prepared<FlagsFull> =>
  new Prepared({ type: "full", to: at.version, position: `${at.position}:${ANY_MARK}`, flags: resultsOf(at, viewer) });

const heartbeats = new WeakMap<EnvironmentState, Prepared<Heartbeat>>();

function heartbeatAt(at: EnvironmentState): Prepared<Heartbeat> {
  const known = heartbeats.get(at);
  if (known) return known;
  const made = new Prepared<Heartbeat>({ type: "heartbeat", to: at.version, position: `${at.position}:${ANY_MARK}` });
  heartbeats.set(at, made);
  return made;
}
