import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { Tag } from "../../ui/Chip.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import type { Choice } from "../../ui/Select.tsx";

interface LabelsProps {
  readonly label: string;
  readonly chosen: readonly string[];
  readonly choices: readonly Choice[];
  readonly allowNew?: boolean | undefined;
  readonly onAdd: (value: string) => void;
  readonly onRemove: (value: string) => void;
}

/** Several of many: tags, owners. */
export function Labels(props: LabelsProps): JSX.Element {
  const free = () => props.choices.filter(({ value }) => !props.chosen.includes(value));
  const nameOf = (value: string) => props.choices.find((choice) => choice.value === value)?.label ?? value;

  return (
    <div class="flex flex-col gap-1.5">
      <Combobox
        label={props.label}
        class="max-w-80"
        choices={free()}
        value={undefined}
        onChange={props.onAdd}
        allowNew={props.allowNew}
        placeholder={props.allowNew ? "Add, or type a new one…" : "Add…"}
      />
      <Show when={props.chosen.length > 0}>
        <ul class="flex flex-wrap gap-1.5" aria-label={props.label}>
          <For each={props.chosen}>
            {(value) => (
              <li>
                <Tag name={nameOf(value)} onRemove={() => props.onRemove(value)} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
