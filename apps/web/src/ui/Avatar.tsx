import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { cx } from "./cx.ts";

interface AvatarProps {
  readonly name: string;
  /** Squares stand for organisations, projects and programs; circles for people. */
  readonly square?: boolean | undefined;
  readonly large?: boolean | undefined;
}

const segmenter = new Intl.Segmenter();
const firstLetter = (word: string) => segmenter.segment(word)[Symbol.iterator]().next().value?.segment.toLocaleUpperCase() ?? "";

/** The first letters of the first and last word: "Ana de Vries" is AV. */
export function initials(name: string): string {
  const words = name.split(/[\s._@-]+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => firstLetter(word ?? "?")).join("");
}

export function Avatar(props: AvatarProps): JSX.Element {
  return (
    <span
      role="img"
      aria-label={props.name}
      title={props.name}
      class={cx(
        "inline-grid shrink-0 place-items-center bg-hover font-semibold text-muted shadow-[inset_0_0_0_1px_var(--line)] select-none",
        "text-12 leading-none",
        props.large ? "size-7" : "size-5",
        props.square ? "rounded-1" : "rounded-full",
      )}
    >
      <span aria-hidden="true">{props.large ? initials(props.name) : firstLetter(props.name)}</span>
    </span>
  );
}

/** Who else is here. */
export function AvatarStack(props: { readonly names: readonly string[]; readonly most?: number | undefined }): JSX.Element {
  const most = () => props.most ?? 3;
  return (
    <span class="inline-flex items-center">
      <For each={props.names.slice(0, most())}>
        {(name) => (
          <span class="-ml-1.5 rounded-full bg-bg p-px first:ml-0">
            <Avatar name={name} />
          </span>
        )}
      </For>
      <Show when={props.names.length > most()}>
        <span class="ml-1 text-12 text-muted">+{props.names.length - most()}</span>
      </Show>
    </span>
  );
}
