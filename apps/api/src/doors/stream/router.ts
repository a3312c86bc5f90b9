import type { EnvironmentEvent, FlagsEvent } from "@halyard/contracts";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import { environmentNow } from "./environment-topic.ts";
import { flagsNow } from "./flags-reader.ts";
import { environmentInput, flagsInput } from "./input.ts";
import { eventsOf } from "./outlet.ts";
import { anyKeyProcedure, counted, hubOf, router, serverKeyProcedure, toStreamError } from "./trpc.ts";

/**
 * What SDKs talk to, with environment keys: streams, and the same as single questions for clients that poll. Over WebSocket a
 * `Connection` answers what can be answered from prepared bytes; these say the same to whoever comes another way.
 */
export const sdkRouter = router({
  environment: serverKeyProcedure.input(environmentInput).subscription(async function* ({ ctx, input, signal }) {
    const hub = await hubOf(ctx);
    yield* trackedBy(
      counted(
        ctx,
        eventsOf<EnvironmentEvent>((outlet) => ctx.topics.environment(hub).subscribe(input, outlet), signal),
      ),
    );
  }),

  environmentNow: serverKeyProcedure
    .input(environmentInput)
    .query(async ({ ctx, input }): Promise<EnvironmentEvent> => environmentNow(await hubOf(ctx), input)),

  flags: anyKeyProcedure.input(flagsInput).subscription(async function* ({ ctx, input, signal }) {
    const hub = await hubOf(ctx);
    yield* trackedBy(
      counted(
        ctx,
        eventsOf<FlagsEvent>((outlet) => ctx.topics.flags(hub).subscribe({ ctx, hub, input }, outlet), signal),
      ),
    );
  }),

  flagsNow: anyKeyProcedure
    .input(flagsInput)
    .query(async ({ ctx, input }): Promise<FlagsEvent> => flagsNow({ ctx, hub: await hubOf(ctx), input })),
});

export type SdkRouter = typeof sdkRouter;

/** All events have an id: one without would make a stock client forget where it stands. */
async function* trackedBy<T extends EnvironmentEvent | FlagsEvent>(
  events: AsyncIterable<T>,
): AsyncGenerator<TrackedEnvelope<T>, void> {
  try {
    for await (const event of events) yield tracked(event.position, event);
  } catch (error) {
    throw toStreamError(error);
  }
}
