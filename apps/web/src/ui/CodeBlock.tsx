import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { CopyButton } from "./CopyButton.tsx";
import { cx } from "./cx.ts";

interface CodeBlockProps {
  readonly code: string;
  /** "shell", "main.ts". */
  readonly title?: string | undefined;
  /** Copied instead of `code`, for example with the whole key where only its end is shown. */
  readonly copies?: string | undefined;
}

const isComment = (line: string) => /^\s*(\/\/|#)/.test(line);

export function CodeBlock(props: CodeBlockProps): JSX.Element {
  return (
    <figure class="relative min-w-0 overflow-hidden rounded-2 bg-sunken shadow-[inset_0_0_0_1px_var(--line)]">
      <Show when={props.title}>
        <figcaption class="flex h-9 items-center border-b border-line pr-12 pl-3 text-12 text-muted max-desk:h-11">
          {props.title}
        </figcaption>
      </Show>
      {/* Over code it hides what scrolls under it; beside a title that would only cut the frame. */}
      <CopyButton
        text={props.copies ?? props.code}
        label="Copy code"
        class={cx("absolute top-1 right-1 max-desk:top-0 max-desk:right-0", props.title === undefined && "bg-sunken")}
      />
      {/* Scrolls sideways, so the keyboard must reach it. */}
      <pre
        class="overflow-x-auto px-3 py-2 pr-10 max-desk:py-3 max-desk:pr-12 font-mono text-code -outline-offset-2"
        tabindex="0"
      >
        <For each={props.code.split("\n")}>
          {(line) => <code class={cx("block min-h-5 whitespace-pre", isComment(line) && "text-faint")}>{line}</code>}
        </For>
      </pre>
    </figure>
  );
}
