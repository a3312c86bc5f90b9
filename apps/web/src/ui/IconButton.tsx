import { Trigger } from "@kobalte/core/tooltip";
import type { JSX } from "solid-js";
import { cx } from "./cx.ts";
import { TooltipBubble, TooltipRoot } from "./Tooltip.tsx";

export interface IconButtonProps {
  /** Read aloud and shown as the tooltip. */
  readonly label: string;
  readonly icon: JSX.Element;
  readonly onClick?: (() => void) | undefined;
  /** Keys that do the same, shown in the tooltip: `"g f"`. */
  readonly keys?: string | undefined;
  readonly pressed?: boolean | undefined;
  readonly danger?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly class?: string | undefined;
}

export function IconButton(props: IconButtonProps): JSX.Element {
  return (
    <TooltipRoot>
      <Trigger
        as="button"
        type="button"
        aria-label={props.label}
        aria-pressed={props.pressed}
        disabled={props.disabled ?? false}
        onClick={() => props.onClick?.()}
        class={cx(
          "inline-grid size-7 shrink-0 place-items-center rounded-2 text-muted transition-colors duration-[120ms] max-desk:size-11",
          "disabled:pointer-events-none disabled:opacity-50",
          props.danger ? "hover:bg-danger-soft hover:text-danger" : "hover:bg-hover hover:text-ink",
          props.pressed && "bg-accent-soft text-accent",
          props.class,
        )}
      >
        {props.icon}
      </Trigger>
      <TooltipBubble label={props.label} keys={props.keys} />
    </TooltipRoot>
  );
}
