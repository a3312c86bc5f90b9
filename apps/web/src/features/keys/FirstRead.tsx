import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { placePath } from "../../lib/place.ts";
import { usePlace } from "../../lib/use-place.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Switch } from "../../ui/Switch.tsx";
import type { EnvironmentKey } from "./key-state.ts";
import { lastUsed } from "./key-state.ts";

/** Waits for the first program to ask for flags, and shows it arriving. */
export function FirstRead(props: { readonly keys: readonly EnvironmentKey[] }): JSX.Element {
  const place = usePlace();
  const used = () => lastUsed(props.keys);

  return (
    <section
      aria-label="First evaluation"
      class="flex items-center gap-4 rounded-3 bg-surface p-4 shadow-[inset_0_0_0_1px_var(--line)]"
    >
      <Switch size="page" readOnly label="Whether a program has read flags here" on={used() !== undefined} />
      <div class="min-w-0 flex-1" role="status">
        <Show
          when={used()}
          fallback={
            <>
              <p class="text-14 font-semibold">Waiting for the first evaluation…</p>
              <p class="text-muted">
                Run the code below; this rises the moment it asks.
                <span class="sr-only"> Nothing has asked yet.</span>
              </p>
            </>
          }
        >
          {(it) => (
            <>
              <p class="text-14 font-semibold">It is connected</p>
              <p class="text-muted">
                Last asked with the key <b class="font-medium text-ink">{it().name}</b> <RelativeTime at={it().at} />.{" "}
                <A href={placePath({ ...place(), page: "flags" })} class="text-accent hover:underline">
                  See the flags
                </A>
              </p>
            </>
          )}
        </Show>
      </div>
    </section>
  );
}
