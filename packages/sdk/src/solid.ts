import { type Accessor, createComponent, createContext, createSignal, type JSX, onCleanup, useContext } from "solid-js";
import type { Client } from "./client.ts";
import type { FlagKey, FlagValue } from "./types.ts";

const FlagsContext = createContext<Client>();

/** Gives the client to the components below. */
export function FlagsProvider(props: { readonly client: Client; readonly children?: JSX.Element }): JSX.Element {
  return createComponent(FlagsContext.Provider, {
    get value() {
      return props.client;
    },
    get children() {
      return props.children;
    },
  });
}

/**
 * A signal of one flag's value, which changes only when this flag's value differs.
 *
 * @throws Error without a `FlagsProvider` above
 */
export function createFlag<K extends FlagKey>(key: K): Accessor<FlagValue<K>> {
  const client = useContext(FlagsContext);
  if (client === undefined) throw new Error("createFlag needs a FlagsProvider above it.");
  const [value, setValue] = createSignal(client.get(key));
  onCleanup(client.watch(key, (now) => setValue(() => now)));
  return value;
}
