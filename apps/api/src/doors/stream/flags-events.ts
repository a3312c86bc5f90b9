import { type FlagsEvent, type FlagsFull, HEARTBEAT_MS } from "@halyard/contracts";
import type { EnvironmentState, Hub, HubChange } from "../../features/delivery/index.ts";
import { createInbox } from "./inbox.ts";
import type { ReadFlagsInput } from "./input.ts";
import { detach } from "./position.ts";
import { differenceOf, isSameFor, resultsOf } from "./results.ts";
import type { StreamContext } from "./trpc.ts";
import { type IdentifiedViewer, identifierOf, openViewer, reopenViewer } from "./viewer.ts";

export interface FlagsRequest {
  readonly ctx: StreamContext;
  readonly hub: Hub;
  readonly input: ReadFlagsInput;
}

/** One context's results, and then only what changes for it. */
export async function* flagsEvents(
  { ctx, hub, input }: FlagsRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<FlagsEvent, void> {
  const inbox = createInbox<HubChange | "heartbeat" | "traits">(signal);
  // First listen, then look: what happens in between is in the inbox.
  const stops = [hub.subscribe((change) => inbox.push(change)), watchTraits({ ctx, input }, () => inbox.push("traits"))];
  const heartbeat = setInterval(() => {
    inbox.push("heartbeat");
    // Another node may have written traits without telling this one; mostly this asks the cache.
    if (identifierOf(input) !== undefined) inbox.push("traits");
  }, HEARTBEAT_MS);
  try {
    let viewer = await openViewer(ctx, hub, input);
    const first = await firstEvents({ hub, input, viewer });
    let { at } = first;
    yield* first.events;
    // The last version the client was told of: quiet ones in between are part of the next event.
    let told = at.version;
    for (let item = await inbox.next(); item !== undefined; item = await inbox.next()) {
      let event: FlagsEvent | undefined;
      if (item === "heartbeat") event = { type: "heartbeat", to: at.version, position: positionOf(at, viewer) };
      else if (item === "traits") {
        const now = await reopenViewer(ctx, input);
        // Unknown traits are no change of traits.
        if (now.mark === viewer.mark || !now.isFresh) continue;
        const isSame = isSameFor(at, viewer, now);
        viewer = now;
        if (!isSame) event = fullOf(at, viewer);
      } else {
        const { after, delta } = item;
        if (after.epoch === at.epoch && after.version <= at.version) continue;
        const before = at;
        at = after;
        if (after.epoch !== before.epoch || !delta || item.from !== before.version) event = fullOf(at, viewer);
        else {
          const difference = differenceOf(before, after, { viewer, delta });
          if (difference)
            event = { type: "changes", from: told, to: at.version, position: positionOf(at, viewer), ...difference };
        }
      }
      if (!event) continue;
      told = at.version;
      yield event;
    }
  } finally {
    for (const stop of stops) stop();
    clearInterval(heartbeat);
  }
}

/** The answer to one question. */
export async function flagsNow({ ctx, hub, input }: FlagsRequest): Promise<FlagsEvent> {
  const viewer = await openViewer(ctx, hub, input);
  const { events } = await firstEvents({ hub, input, viewer });
  return events[0];
}

interface Opening {
  readonly hub: Hub;
  readonly input: ReadFlagsInput;
  readonly viewer: IdentifiedViewer;
}

interface First {
  readonly at: EnvironmentState;
  readonly events: readonly [FlagsEvent, ...FlagsEvent[]];
}

/** The log holds rules, not this context's results: they are evaluated now, and sent unless the client has exactly them. */
async function firstEvents({ hub, input, viewer }: Opening): Promise<First> {
  const position = input.lastEventId ?? "";
  const place = await hub.locate(position);
  const at = hub.current();
  if (place === "ahead" || (place === "current" && position.endsWith(`:${viewer.mark}`))) {
    const { version } = at;
    const nothing = { from: version, to: version, changed: {}, removed: [] };
    return { at, events: [{ type: "changes", position: positionOf(at, viewer), ...nothing }] };
  }
  const full = fullOf(at, viewer);
  return { at, events: place === "foreign" ? [{ ...full, position: detach(full.position) }, full] : [full] };
}

const fullOf = (at: EnvironmentState, viewer: IdentifiedViewer): FlagsFull => ({
  type: "full",
  to: at.version,
  position: positionOf(at, viewer),
  flags: resultsOf(at, viewer),
});

/** With the context's mark: results are the same where both are. */
const positionOf = (at: EnvironmentState, viewer: IdentifiedViewer): string => `${at.position}:${viewer.mark}`;

function watchTraits({ ctx, input }: Pick<FlagsRequest, "ctx" | "input">, listener: () => void): () => void {
  const identifier = identifierOf(input);
  if (identifier === undefined) return () => undefined;
  return ctx.delivery.identities.watch({ environmentId: ctx.holder.environmentId, identifier }, listener);
}
