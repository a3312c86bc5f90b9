import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { createLate } from "./create-late.ts";

/** Draws its children only once they have been waited for longer than 200 ms. */
export function Late(props: { readonly children: JSX.Element }): JSX.Element {
  const late = createLate(() => true);
  return <Show when={late()}>{props.children}</Show>;
}

const WIDTHS = ["w-2/5", "w-1/2", "w-1/3", "w-3/5", "w-2/5"];

/** Rows in the shape of the list to come; nothing for the first 200 ms. */
export function Skeleton(props: { readonly rows?: number | undefined; readonly label?: string | undefined }): JSX.Element {
  return (
    <div role="status" aria-label={props.label ?? "Loading"}>
      <Late>
        <SkeletonRows rows={props.rows ?? 6} />
      </Late>
    </div>
  );
}

export function SkeletonRows(props: { readonly rows: number }): JSX.Element {
  return (
    <div class="animate-breathe" aria-hidden="true">
      <For each={Array.from({ length: props.rows }, (_, index) => WIDTHS[index % WIDTHS.length] ?? "w-1/2")}>
        {(width) => (
          <div class="flex h-[var(--row)] items-center gap-3 border-b border-line px-4">
            <span class="h-3 w-7 rounded-1 bg-hover" />
            <span class={`h-3 rounded-1 bg-hover ${width}`} />
            <span class="ml-auto h-3 w-20 rounded-1 bg-hover" />
          </div>
        )}
      </For>
    </div>
  );
}
