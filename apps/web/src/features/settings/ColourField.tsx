import type { JSX } from "solid-js";
import { For } from "solid-js";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { COLOURS } from "./colours.ts";

interface ColourFieldProps {
  readonly value: string;
  readonly onChange: (colour: string) => void;
  readonly error?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** A colour by one click, or written. */
export function ColourField(props: ColourFieldProps): JSX.Element {
  return (
    <div class="flex flex-wrap items-end gap-2">
      <Field label="Colour" class="w-36" error={props.error}>
        <TextInput mono value={props.value} onInput={(colour) => props.onChange(colour)} disabled={props.disabled ?? false} />
      </Field>
      <div role="group" aria-label="Colours" class="flex gap-1 pb-1">
        <For each={COLOURS}>
          {(colour) => (
            <button
              type="button"
              aria-label={`Colour ${colour}`}
              aria-pressed={props.value.toLowerCase() === colour}
              disabled={props.disabled}
              class="size-6 rounded-1 shadow-[inset_0_0_0_1px_var(--line)] aria-pressed:outline-2 aria-pressed:outline-offset-1 aria-pressed:outline-accent max-desk:size-11"
              style={{ background: colour }}
              onClick={() => props.onChange(colour)}
            />
          )}
        </For>
      </div>
    </div>
  );
}
