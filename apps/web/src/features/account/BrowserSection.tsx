import type { JSX } from "solid-js";
import { For } from "solid-js";
import type { Scheme } from "../../lib/scheme.ts";
import { chooseScheme, SCHEMES, scheme } from "../../lib/scheme.ts";
import { areSingleKeysOn, setSingleKeysOn } from "../../ui/create-shortcuts.ts";
import { Section } from "../../ui/Page.tsx";

const SCHEME_NAMES: Record<Scheme, string> = { system: "Like the system", light: "Light", dark: "Dark" };

/** How the pages behave in this browser. */
export function BrowserSection(): JSX.Element {
  return (
    <Section title="In this browser">
      <label class="flex items-start gap-2.5 py-1.5">
        <input
          type="checkbox"
          class="mt-1"
          checked={areSingleKeysOn()}
          onChange={(event) => setSingleKeysOn(event.currentTarget.checked)}
        />
        <span>
          <span class="block font-medium">Keyboard shortcuts of one key</span>
          <span class="block text-12 text-muted">
            Such as c, / and g f. Off helps where speech or a cat types. ⌘ and Ctrl work either way.
          </span>
        </span>
      </label>
      <fieldset class="pt-2">
        <legend class="pb-1 text-12 font-medium">Theme</legend>
        <div class="flex flex-wrap gap-x-5 gap-y-1">
          <For each={SCHEMES}>
            {(name) => (
              <label class="flex items-center gap-2 max-desk:min-h-11">
                <input type="radio" name="scheme" checked={scheme() === name} onChange={() => chooseScheme(name)} />
                {SCHEME_NAMES[name]}
              </label>
            )}
          </For>
        </div>
      </fieldset>
    </Section>
  );
}
