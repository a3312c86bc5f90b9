import type { Accessor } from "solid-js";
import { createEffect, on } from "solid-js";

/** Scrolls a row of links that is wider than its place to the current one, at first and whenever it changes. */
export function keepCurrentInSight(row: Accessor<HTMLElement | undefined>, current: Accessor<unknown>): void {
  createEffect(
    on(current, () => {
      const link = row()?.querySelector("[aria-current=page]");
      link?.scrollIntoView({ block: "nearest", inline: "center" });
    }),
  );
}
