"use client";

import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useSyncExternalStore,
} from "react";
import type { Client } from "./client.ts";
import type { FlagKey, FlagValue } from "./types.ts";

const FlagsContext = createContext<Client | undefined>(undefined);

/** Gives the client to the components below. */
export function FlagsProvider({ client, children }: { readonly client: Client; readonly children?: ReactNode }): ReactElement {
  return createElement(FlagsContext.Provider, { value: client }, children);
}

/**
 * The flag's value, rendered again only when this flag's value differs.
 *
 * @param options with `suspend`, waits for the first values, five seconds at most, and shows the nearest `Suspense` until then
 * @throws Error without a `FlagsProvider` above
 */
export function useFlag<K extends FlagKey>(key: K, options: { readonly suspend?: boolean } = {}): FlagValue<K> {
  const client = useContext(FlagsContext);
  if (client === undefined) throw new Error("useFlag needs a FlagsProvider above it.");
  const watch = useCallback((notify: () => void) => client.watch(key, notify), [client, key]);
  const read = () => client.get(key);
  const value = useSyncExternalStore(watch, read, read);
  if (options.suspend) awaitValues(client);
  return value;
}

interface Wait {
  readonly promise: Promise<unknown>;
  isOver: boolean;
}

const waits = new WeakMap<Client, Wait>();

/** Once for each client: whoever waited in vain goes on with the coded defaults. */
function awaitValues(client: Client): void {
  const wait = waits.get(client) ?? startWait(client);
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- how React is told to wait
  if (!wait.isOver) throw wait.promise;
}

function startWait(client: Client): Wait {
  const promise = client.ready().then(() => {
    wait.isOver = true;
  });
  const wait: Wait = { promise, isOver: client.status() !== "connecting" };
  waits.set(client, wait);
  return wait;
}
