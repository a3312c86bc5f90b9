import Check from "lucide-solid/icons/check";
import Minus from "lucide-solid/icons/minus";
import type { JSX } from "solid-js";
import { Show } from "solid-js";

/** Stands before a sentence, and is read as its beginning. */
export function Verdict(props: { readonly holds: boolean }): JSX.Element {
  return (
    <span class="mt-0.5 shrink-0">
      <Show when={props.holds} fallback={<Minus size={14} class="text-faint" role="img" aria-label="Does not hold:" />}>
        <Check size={14} class="text-on" role="img" aria-label="Holds:" />
      </Show>
    </span>
  );
}
