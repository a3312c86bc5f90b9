import type { JSX } from "solid-js";
import { For } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { Sentence } from "./Sentence.tsx";
import { sentenceOf } from "./sentence.ts";
import type { Draft, Segment } from "./use-segment-draft.ts";

interface ConflictNoticeProps {
  readonly mine: Draft;
  readonly theirs: Segment;
  readonly busy: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Both versions, side by side, and the two ways on. */
export function ConflictNotice(props: ConflictNoticeProps): JSX.Element {
  const sides = () => [
    { title: "Yours", segment: props.mine },
    { title: `Theirs, v${props.theirs.version}`, segment: props.theirs },
  ];

  return (
    <section role="alert" aria-label="Changed meanwhile" class="flex flex-col gap-3 rounded-3 bg-scheduled-soft p-4">
      <p>
        <b class="font-semibold">Somebody saved this segment since you opened it.</b> Nothing is lost: choose which version goes
        on.
      </p>
      <div class="grid gap-3 desk:grid-cols-2">
        <For each={sides()}>
          {(side) => (
            <div class="min-w-0 rounded-2 bg-surface p-3">
              <h3 class="text-12 font-medium text-muted">{side.title}</h3>
              <p class="font-medium">{side.segment.name}</p>
              <Sentence class="wrap-anywhere text-muted" words={sentenceOf(side.segment.rules)} />
              <p class="text-12 wrap-anywhere text-muted">{side.segment.description}</p>
            </div>
          )}
        </For>
      </div>
      <div class="flex flex-wrap gap-2">
        <Button busy={props.busy} onClick={() => props.onKeepMine()}>
          Save mine over it
        </Button>
        <Button onClick={() => props.onTakeTheirs()}>Take theirs</Button>
      </div>
    </section>
  );
}
