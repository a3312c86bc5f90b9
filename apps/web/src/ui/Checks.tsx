import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { cx } from "./cx.ts";
import type { Choice } from "./Select.tsx";

interface ChecksProps<V extends string> {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Draws all of them; otherwise a long list scrolls in a box of its own. */
  readonly whole?: boolean | undefined;
  readonly choices: readonly Choice<V>[];
  readonly values: readonly V[];
  readonly onChange: (values: readonly V[]) => void;
}

/** Any number of a few. */
export function Checks<V extends string>(props: ChecksProps<V>): JSX.Element {
  const put = (value: V, isIn: boolean) => {
    const others = props.values.filter((it) => it !== value);
    props.onChange(isIn ? [...others, value] : others);
  };

  return (
    <fieldset class="min-w-0">
      <legend class="pb-1 text-12 font-medium">{props.label}</legend>
      <Show when={props.hint}>
        <p class="pb-1 text-12 text-muted">{props.hint}</p>
      </Show>
      <div class={cx("flex flex-col gap-1", !props.whole && "max-h-56 overflow-y-auto rounded-2 border border-line px-2 py-1")}>
        <For each={props.choices}>
          {(choice) => (
            <label class="flex items-start gap-2 py-0.5 max-desk:min-h-11 max-desk:items-center">
              <input
                type="checkbox"
                class="mt-1 max-desk:mt-0"
                checked={props.values.includes(choice.value)}
                disabled={choice.disabled}
                onChange={(event) => put(choice.value, event.currentTarget.checked)}
              />
              <span class="min-w-0">
                <span class="block truncate">{choice.label}</span>
                <Show when={choice.hint}>
                  <span class="block text-12 text-muted">{choice.hint}</span>
                </Show>
              </span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
