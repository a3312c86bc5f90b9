import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { cx } from "../../ui/cx.ts";
import { Meter } from "../../ui/Meter.tsx";
import type { FootState } from "./foot-sentence.ts";
import { footSentence } from "./foot-sentence.ts";

/** `v812 · 34 clients · all have it`, with a bar that fills as they confirm. Opens the list of clients. */
export function FootLine(props: { readonly state: FootState; readonly href: string }): JSX.Element {
  const sentence = () => footSentence(props.state);

  return (
    <footer class="flex h-7 shrink-0 items-center justify-end gap-3 border-t border-line bg-sunken px-4 text-12 text-muted tabular-nums">
      <Show when={props.state.streaming > 0 && props.state.staleSince === undefined}>
        <Meter
          label="Clients that confirmed this version"
          value={props.state.confirmed}
          max={props.state.streaming}
          text={`${props.state.confirmed} of ${props.state.streaming}`}
          class="w-20"
        />
      </Show>
      <A
        href={props.href}
        class={cx("rounded-1 hover:text-ink", props.state.staleSince !== undefined && "text-scheduled")}
        aria-live="polite"
      >
        <span class="font-mono">v{props.state.version}</span>
        <For each={sentence()}>{(part) => <span> · {part}</span>}</For>
      </A>
    </footer>
  );
}
