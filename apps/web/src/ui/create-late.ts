import type { Accessor } from "solid-js";
import { createEffect, createSignal, onCleanup } from "solid-js";

/** Nothing may look busy for less than this. */
export const LATE_MS = 200;

/** True once `waiting` has been true for `LATE_MS` without a break; false again at once. */
export function createLate(waiting: Accessor<boolean>): Accessor<boolean> {
  const [late, setLate] = createSignal(false);

  createEffect(() => {
    if (!waiting()) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    onCleanup(() => {
      clearTimeout(timer);
      setLate(false);
    });
  });
  return late;
}
