import type { JSX } from "solid-js";
import { mergeProps, Show, splitProps } from "solid-js";
import { createLate } from "./create-late.ts";
import { cx } from "./cx.ts";

export type ButtonKind = "primary" | "default" | "quiet" | "danger";

export interface ButtonProps extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "class"> {
  /** One primary a page; `danger` only for what cannot be taken back. @default "default" */
  readonly kind?: ButtonKind | undefined;
  readonly size?: "small" | "medium" | undefined;
  readonly icon?: JSX.Element;
  /** The act is under way: refuses further clicks at once and says so after 200 ms. */
  readonly busy?: boolean | undefined;
  readonly class?: string | undefined;
}

const KINDS: Record<ButtonKind, string> = {
  primary: "bg-accent text-fill-text hover:bg-[color-mix(in_oklab,var(--accent)_88%,var(--text))]",
  default: "bg-surface text-ink shadow-[inset_0_0_0_1px_var(--control)] hover:bg-hover",
  quiet: "text-muted hover:bg-hover hover:text-ink",
  danger: "bg-danger text-fill-text hover:bg-[color-mix(in_oklab,var(--danger)_88%,var(--text))]",
};

const SIZES = { small: "h-7 px-2 gap-1.5", medium: "h-8 px-3 gap-2" };

export const buttonClass = (kind: ButtonKind, size: "small" | "medium"): string =>
  cx(
    "inline-flex shrink-0 items-center justify-center rounded-2 text-13 font-medium whitespace-nowrap select-none",
    "transition-[background-color,color,scale] duration-[120ms] active:scale-[0.98] max-desk:min-h-11 max-desk:px-4",
    "disabled:pointer-events-none disabled:opacity-50",
    SIZES[size],
    KINDS[kind],
  );

export function Button(given: ButtonProps): JSX.Element {
  const props = mergeProps({ kind: "default", size: "medium", type: "button" } as const, given);
  const [own, rest] = splitProps(props, ["kind", "size", "icon", "busy", "class", "children", "onClick"]);
  const showsBusy = createLate(() => own.busy === true);

  return (
    <button
      {...rest}
      class={cx(buttonClass(own.kind, own.size), own.class)}
      aria-busy={own.busy}
      onClick={(event) => {
        if (own.busy) event.preventDefault();
        else if (typeof own.onClick === "function") own.onClick(event);
      }}
    >
      <Show when={showsBusy()} fallback={own.icon}>
        <span class="size-2 animate-breathe rounded-full bg-current" aria-hidden="true" />
      </Show>
      {own.children}
    </button>
  );
}
