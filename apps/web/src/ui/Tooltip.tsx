import { Tooltip as Kobalte } from "@kobalte/core/tooltip";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { KeyHint } from "./KeyHint.tsx";

interface TooltipProps {
  readonly label: JSX.Element;
  readonly keys?: string | undefined;
  readonly class?: string | undefined;
  readonly children: JSX.Element;
}

/** A second fact about a word or a figure; reachable by keyboard. Buttons have theirs by `IconButton`. */
export function Tooltip(props: TooltipProps): JSX.Element {
  return (
    <TooltipRoot>
      <Kobalte.Trigger as="span" tabIndex={0} class={props.class ?? ""}>
        {props.children}
      </Kobalte.Trigger>
      <TooltipBubble label={props.label} keys={props.keys} />
    </TooltipRoot>
  );
}

export function TooltipRoot(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <Kobalte openDelay={350} closeDelay={60} gutter={6}>
      {props.children}
    </Kobalte>
  );
}

export function TooltipBubble(props: Omit<TooltipProps, "children" | "class">): JSX.Element {
  return (
    <Kobalte.Portal>
      <Kobalte.Content class="z-70 flex max-w-80 animate-appear items-center gap-2 rounded-1 bg-ink px-2 py-1 text-12 font-medium text-bg">
        {props.label}
        <Show when={props.keys}>{(keys) => <KeyHint keys={keys()} inverted />}</Show>
      </Kobalte.Content>
    </Kobalte.Portal>
  );
}
