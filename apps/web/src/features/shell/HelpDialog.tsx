import type { JSX } from "solid-js";
import { For } from "solid-js";
import { areSingleKeysOn, setSingleKeysOn } from "../../ui/create-shortcuts.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { KeyHint } from "../../ui/KeyHint.tsx";
import { DESTINATIONS } from "./navigation.ts";

const GROUPS: readonly { readonly name: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    name: "Anywhere",
    keys: [
      ["mod k", "Search, commands"],
      ["/", "Search this list"],
      ["[", "Environment before"],
      ["]", "Environment after"],
      ["?", "This help"],
    ],
  },
  { name: "Go to", keys: DESTINATIONS.map(({ keys, name }) => [keys, name] as const) },
  {
    name: "On a row",
    keys: [
      ["j", "Down"],
      ["k", "Up"],
      ["x", "Select"],
      ["t", "Raise or lower"],
      ["e", "Edit"],
    ],
  },
];

export function HelpDialog(props: { readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  return (
    <Dialog open={props.open} onClose={() => props.onClose()} title="Keyboard" wide>
      <div class="grid grid-cols-3 gap-x-8 gap-y-5 max-desk:grid-cols-1">
        <For each={GROUPS}>
          {(group) => (
            <section>
              <h3 class="mb-1 text-12 font-medium text-faint">{group.name}</h3>
              <dl>
                <For each={group.keys}>
                  {([keys, act]) => (
                    <div class="flex min-h-7 items-center justify-between gap-3">
                      <dt>{act}</dt>
                      <dd>
                        <KeyHint keys={keys} />
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
      <label class="flex items-center gap-2 border-t border-line pt-4 text-muted">
        <input type="checkbox" checked={areSingleKeysOn()} onChange={(event) => setSingleKeysOn(event.currentTarget.checked)} />
        Single letters act; without them only keys with ⌘ or Ctrl do
      </label>
    </Dialog>
  );
}
