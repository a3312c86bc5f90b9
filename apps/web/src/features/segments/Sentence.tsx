import type { JSX } from "solid-js";
import { For } from "solid-js";
import type { Words } from "./sentence.ts";

/** Words read as one sentence; what is named is set strong. */
export function Sentence(props: { readonly words: readonly Words[]; readonly class?: string | undefined }): JSX.Element {
  return (
    <p class={props.class ?? "text-14 text-balance wrap-anywhere text-muted"}>
      <SpokenWords words={props.words} />.
    </p>
  );
}

/** The same inside a sentence of somebody else. */
export function SpokenWords(props: { readonly words: readonly Words[] }): JSX.Element {
  return (
    <For each={props.words}>
      {(word) => (word.strong ? <strong class="font-semibold text-ink">{word.text}</strong> : word.text)}
    </For>
  );
}
