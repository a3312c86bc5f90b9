import type { Accessor } from "solid-js";
import { createMemo, createSignal } from "solid-js";

export interface Changes<T extends object> {
  /** The thing with what was changed on top; fields nobody touched follow the server. */
  readonly values: Accessor<T>;
  /** Only what differs from the server's. */
  readonly changed: Accessor<Partial<T>>;
  readonly isChanged: Accessor<boolean>;
  readonly set: (changes: Partial<T>) => void;
  readonly discard: () => void;
}

/** A form over something that may change under it. */
export function createChanges<T extends object>(saved: Accessor<T>): Changes<T> {
  const [touched, setTouched] = createSignal<Partial<T>>({});
  const changed = createMemo(() => {
    const now = saved();
    // What was typed back to the saved value is no change.
    return Object.fromEntries(Object.entries(touched()).filter(([key, value]) => Reflect.get(now, key) !== value)) as Partial<T>;
  });
  return {
    values: () => ({ ...saved(), ...touched() }),
    changed,
    isChanged: () => Object.keys(changed()).length > 0,
    set: (changes) => setTouched((before) => ({ ...before, ...changes })),
    discard: () => setTouched(() => ({})),
  };
}
