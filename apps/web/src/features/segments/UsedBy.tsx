import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createMemo, For, Show } from "solid-js";
import { placePath } from "../../lib/place.ts";
import { usePlace } from "../../lib/use-place.ts";
import { Chip } from "../../ui/Chip.tsx";
import type { Segment } from "./use-segment-draft.ts";

/** Which flags answer this segment differently, and where. */
export function UsedBy(props: { readonly uses: Segment["usedBy"] }): JSX.Element {
  const place = usePlace();
  const flags = createMemo(() => [...groupByFlag(props.uses)]);

  return (
    <section aria-label="Used by" class="flex flex-col gap-2">
      <h2 class="text-14 font-semibold">Used by</h2>
      <Show when={flags().length > 0} fallback={<p class="text-muted">No flag yet. Add an override for it on a flag's page.</p>}>
        <ul class="flex flex-col gap-2">
          <For each={flags()}>
            {([flag, uses]) => (
              <li class="flex flex-wrap items-center gap-1.5">
                <A
                  href={placePath({ ...place(), page: `flags/${flag}` })}
                  class="mr-1 font-mono text-code font-medium wrap-anywhere hover:underline"
                >
                  {flag}
                </A>
                <For each={uses}>
                  {(use) => (
                    <Chip tone={use.enabled ? "on" : "neutral"}>
                      {use.environment}: {use.enabled ? "on" : "off"}
                    </Chip>
                  )}
                </For>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}

function groupByFlag(uses: Segment["usedBy"]): Map<string, Segment["usedBy"]> {
  const groups = new Map<string, Segment["usedBy"]>();
  for (const use of uses) groups.set(use.flag, [...(groups.get(use.flag) ?? []), use]);
  return groups;
}
