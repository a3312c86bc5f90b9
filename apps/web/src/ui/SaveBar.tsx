import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { Button } from "./Button.tsx";
import { KeyHint } from "./KeyHint.tsx";

interface SaveBarProps {
  readonly shown: boolean;
  readonly busy: boolean;
  /** What saving does. */
  readonly about: string;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** Stays in sight at the foot of the page while something is not saved. */
export function SaveBar(props: SaveBarProps): JSX.Element {
  return (
    <Show when={props.shown}>
      <div
        role="region"
        aria-label="Unsaved changes"
        class="sticky bottom-0 z-20 flex animate-rise flex-wrap items-center gap-2 border-t border-line bg-surface px-4 py-2"
      >
        <p class="min-w-0 flex-1 text-muted">
          <b class="font-semibold text-ink">Not saved.</b> {props.about}
        </p>
        <Button onClick={() => props.onDiscard()}>Discard</Button>
        <Button kind="primary" busy={props.busy} onClick={() => props.onSave()}>
          Save
          <span class="max-desk:hidden" aria-hidden="true">
            <KeyHint keys="mod s" inverted />
          </span>
        </Button>
      </div>
    </Show>
  );
}
