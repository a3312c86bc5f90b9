import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { cx } from "./cx.ts";

export type ChipTone = "neutral" | "accent" | "on" | "danger" | "scheduled";

interface ChipProps {
  /** @default "neutral" */
  readonly tone?: ChipTone | undefined;
  readonly icon?: JSX.Element;
  readonly mono?: boolean | undefined;
  readonly title?: string | undefined;
  readonly children: JSX.Element;
}

const TONES: Record<ChipTone, string> = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent",
  on: "bg-on-soft text-on",
  danger: "bg-danger-soft text-danger",
  scheduled: "bg-scheduled-soft text-scheduled",
};

/** The state of a thing in a word or two. */
export function Chip(props: ChipProps): JSX.Element {
  return (
    <span
      title={props.title}
      class={cx(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-1 px-1.5 text-12 font-medium whitespace-nowrap",
        props.mono && "font-mono",
        TONES[props.tone ?? "neutral"],
      )}
    >
      {props.icon}
      <span class="truncate">{props.children}</span>
    </span>
  );
}

interface TagProps {
  readonly name: string;
  /** Gives it a cross. */
  readonly onRemove?: (() => void) | undefined;
}

/** A label people have put on a thing. */
export function Tag(props: TagProps): JSX.Element {
  return (
    <span class="inline-flex h-5 max-w-48 items-center rounded-full pr-2 pl-2 text-12 text-muted shadow-[inset_0_0_0_1px_var(--line)]">
      <span class="truncate">{props.name}</span>
      <Show when={props.onRemove}>
        {(remove) => (
          <button
            type="button"
            aria-label={`Remove ${props.name}`}
            class="-mr-1.5 ml-0.5 grid size-6 place-items-center rounded-full text-faint hover:text-ink"
            onClick={() => remove()()}
          >
            <X size={12} aria-hidden="true" />
          </button>
        )}
      </Show>
    </span>
  );
}
