import type { EnvironmentEvent, FlagsEvent } from "@halyard/contracts";
import { createInbox } from "./inbox.ts";
import type { Prepared } from "./prepared.ts";

/** Where the events of one subscription go: a WebSocket, a response, a generator. */
export interface Outlet {
  /** True while what was sent before still waits for its reader: then events are held back, and one newest takes their place. */
  readonly isBusy: boolean;
  /** @param mark of the context, for events of the `flags` stream */
  send(event: Prepared, mark?: string): void;
  /** The subscription cannot begin, and is over. */
  fail(error: unknown): void;
}

export interface Subscription {
  stop(): void;
}

/** The events of a subscription one after another, for whoever asks for them. */
export async function* eventsOf<E extends EnvironmentEvent | FlagsEvent>(
  open: (outlet: Outlet) => Subscription,
  signal: AbortSignal | undefined,
): AsyncGenerator<E, void> {
  const inbox = createInbox<{ readonly event: E } | { readonly error: unknown }>(signal);
  const subscription = open({
    isBusy: false,
    send: (prepared, mark) => inbox.push({ event: (prepared as Prepared<E>).eventFor(mark) }),
    fail: (error) => inbox.push({ error }),
  });
  try {
    for (let item = await inbox.next(); item !== undefined; item = await inbox.next()) {
      if ("error" in item) throw item.error;
      yield item.event;
    }
  } finally {
    subscription.stop();
  }
}
