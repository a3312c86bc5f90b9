import type { EnvironmentEvent, FlagsEvent } from "@halyard/contracts";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import { environmentEvents, environmentNow } from "./environment-events.ts";
import { flagsEvents, flagsNow } from "./flags-events.ts";
import { environmentInput, flagsInput } from "./input.ts";
import { anyKeyProcedure, counted, router, type StreamContext, serverKeyProcedure } from "./trpc.ts";

/** What SDKs talk to, with environment keys: streams, and the same as single questions for clients that poll. */
export const sdkRouter = router({
  environment: serverKeyProcedure.input(environmentInput).subscription(async function* ({ ctx, input, signal }) {
    yield* trackedBy(counted(ctx, environmentEvents(await hubOf(ctx), input, signal)));
  }),

  environmentNow: serverKeyProcedure
    .input(environmentInput)
    .query(async ({ ctx, input }): Promise<EnvironmentEvent> => environmentNow(await hubOf(ctx), input)),

  flags: anyKeyProcedure.input(flagsInput).subscription(async function* ({ ctx, input, signal }) {
    yield* trackedBy(counted(ctx, flagsEvents({ ctx, hub: await hubOf(ctx), input }, signal)));
  }),

  flagsNow: anyKeyProcedure
    .input(flagsInput)
    .query(async ({ ctx, input }): Promise<FlagsEvent> => flagsNow({ ctx, hub: await hubOf(ctx), input })),
});

export type SdkRouter = typeof sdkRouter;

const hubOf = ({ delivery, holder }: StreamContext) => delivery.environment(holder.environmentId);

/** All events have an id: one without would make a stock client forget where it stands. */
async function* trackedBy<T extends EnvironmentEvent | FlagsEvent>(
  events: AsyncIterable<T>,
): AsyncGenerator<TrackedEnvelope<T>, void> {
  for await (const event of events) yield tracked(event.position, event);
}
