import type { JSX } from "solid-js";
import { For } from "solid-js";
import { cx } from "./cx.ts";

interface KeyHintProps {
  /** Keys separated by blanks: `"mod k"`, `"g f"`. `mod` is ⌘ on Apple machines and Ctrl elsewhere. */
  readonly keys: string;
  readonly inverted?: boolean | undefined;
}

const isApple = /mac|iphone|ipad/i.test(navigator.platform);
const SIGNS: Record<string, string> = { mod: isApple ? "⌘" : "Ctrl", enter: "⏎", escape: "Esc", up: "↑", down: "↓" };

export function KeyHint(props: KeyHintProps): JSX.Element {
  return (
    <span class="inline-flex gap-0.5">
      <For each={props.keys.split(" ")}>
        {(key) => (
          <kbd
            class={cx(
              "inline-grid h-4.5 min-w-4.5 place-items-center rounded-1 px-1 font-sans text-12 leading-none",
              props.inverted
                ? "text-bg shadow-[inset_0_0_0_1px_currentColor]"
                : "text-muted shadow-[inset_0_0_0_1px_var(--line)]",
            )}
          >
            {SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
          </kbd>
        )}
      </For>
    </span>
  );
}
