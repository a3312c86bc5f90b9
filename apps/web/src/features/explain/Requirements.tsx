import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { Chip } from "../../ui/Chip.tsx";
import { cx } from "../../ui/cx.ts";
import type { Explanation } from "./explanation.ts";
import { requirementSentence, unmetOf } from "./explanation.ts";
import { Verdict } from "./Verdict.tsx";

/** What other flags must answer; where one does not, nothing else counts. */
export function Requirements(props: { readonly explanation: Explanation }): JSX.Element {
  const isBlocked = () => unmetOf(props.explanation) !== undefined;

  return (
    <section aria-label="What it requires" class={cx("-mx-2 rounded-2 p-2", isBlocked() && "bg-accent-soft")}>
      <h3 class="flex items-center gap-2 text-12 font-medium">
        What it requires
        <Show when={isBlocked()}>
          <Chip tone="accent">decided</Chip>
        </Show>
      </h3>
      <ul class="mt-1 flex flex-col gap-1">
        <For each={props.explanation.prerequisites}>
          {(it) => (
            <li class="flex min-w-0 gap-1.5">
              <Verdict holds={it.isMet} />
              <span class="min-w-0 wrap-anywhere">{requirementSentence(it)}.</span>
            </li>
          )}
        </For>
      </ul>
      <Show when={isBlocked()}>
        <p class="mt-1 text-12 text-muted">So it is off, whatever the steps below say.</p>
      </Show>
    </section>
  );
}
