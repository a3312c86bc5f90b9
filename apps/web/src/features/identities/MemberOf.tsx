import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { placePath } from "../../lib/place.ts";
import { usePlace } from "../../lib/use-place.ts";
import type { Identity } from "./reasons.ts";

/** The segments it is in right now. */
export function MemberOf(props: { readonly segments: Identity["segments"] }): JSX.Element {
  const place = usePlace();
  return (
    <section aria-label="Segments" class="flex flex-col gap-2">
      <h2 class="text-14 font-semibold">In segments</h2>
      <Show when={props.segments.length > 0} fallback={<p class="text-muted">None with these traits.</p>}>
        <ul class="flex flex-col">
          <For each={props.segments}>
            {(segment) => (
              <li>
                <A
                  href={placePath({ ...place(), page: `segments/${segment.key}` })}
                  class="-mx-2 flex min-h-8 items-center gap-2 rounded-2 px-2 hover:bg-hover max-desk:min-h-11"
                >
                  <span class="truncate">{segment.name}</span>
                  <span class="truncate font-mono text-code text-faint">{segment.key}</span>
                </A>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
