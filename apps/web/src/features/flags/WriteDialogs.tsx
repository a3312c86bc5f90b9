import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { actorName } from "../history/index.ts";
import { QuestionDialog } from "../shell/index.ts";
import type { FlagWrites } from "./use-flag-writes.ts";

/** What a write may have to ask: whether it is meant, and whose version stays. */
export function WriteDialogs(props: { readonly writes: FlagWrites }): JSX.Element {
  return (
    <>
      <QuestionDialog questions={props.writes.questions} />
      <ConflictDialog writes={props.writes} />
    </>
  );
}

function ConflictDialog(props: { readonly writes: FlagWrites }) {
  const conflict = () => props.writes.conflict();
  const who = () => actorName(conflict()?.theirs.lastChange?.actor ?? "somebody else");

  return (
    <Dialog
      open={conflict() !== undefined}
      onClose={() => props.writes.takeTheirs()}
      title={`Changed by ${who()} since you opened it`}
      about="Nothing of yours was saved yet. Choose which version stays."
      wide
      actions={
        <>
          <Button onClick={() => props.writes.takeTheirs()}>Take theirs</Button>
          <Button kind="primary" onClick={() => props.writes.keepMine()}>
            Keep mine
          </Button>
        </>
      }
    >
      <Show
        when={conflict()?.differences.length}
        fallback={<p class="text-muted">They changed something else of this flag; yours and theirs do not touch.</p>}
      >
        <table class="w-full text-left align-top">
          <thead>
            <tr class="text-12 text-faint">
              <th scope="col" class="w-24 pb-1 font-medium">
                <span class="sr-only">Field</span>
              </th>
              <th scope="col" class="pb-1 font-medium">
                Yours
              </th>
              <th scope="col" class="pb-1 font-medium">
                Theirs
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={conflict()?.differences ?? []}>
              {(row) => (
                <tr class="border-t border-line align-top">
                  <th scope="row" class="py-1.5 pr-3 font-normal text-muted">
                    {row.field}
                  </th>
                  <td class="py-1.5 pr-3 font-mono text-code break-words">{row.mine}</td>
                  <td class="py-1.5 font-mono text-code break-words">{row.theirs}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </Dialog>
  );
}
