import type { JSX } from "solid-js";
import { createEffect, onCleanup, Show } from "solid-js";
import { Button } from "./Button.tsx";

interface MoreRowsProps {
  readonly has: boolean;
  readonly busy: boolean;
  readonly onMore: () => void;
  /** Plural, lower case: "flags". */
  readonly what: string;
}

/** How far below the window the next page is already asked for. */
const AHEAD = "1200px";

/** The end of a list that goes on: asks for more when it comes near, and by its button. */
export function MoreRows(props: MoreRowsProps): JSX.Element {
  let end: HTMLDivElement | undefined;
  createEffect(() => {
    // Observed anew after each page: one that does not push the end out of sight must be followed by another.
    if (!props.has || props.busy || !end || typeof IntersectionObserver === "undefined") return;
    const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && props.onMore(), {
      root: end.closest("main"),
      rootMargin: AHEAD,
    });
    seen.observe(end);
    onCleanup(() => seen.disconnect());
  });

  return (
    <div ref={end}>
      <Show when={props.has}>
        <div class="flex h-13 items-center justify-center">
          <Button kind="quiet" busy={props.busy} onClick={() => props.onMore()}>
            More {props.what}
          </Button>
        </div>
      </Show>
    </div>
  );
}
