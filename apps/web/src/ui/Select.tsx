import { Select as Kobalte } from "@kobalte/core/select";
import Check from "lucide-solid/icons/check";
import ChevronDown from "lucide-solid/icons/chevron-down";
import type { JSX } from "solid-js";
import { createUniqueId, Show } from "solid-js";
import { cx } from "./cx.ts";
import { FieldNotes, fieldLabelClass } from "./Field.tsx";

export interface Choice<V extends string = string> {
  readonly value: V;
  readonly label: string;
  /** A second, quieter line. */
  readonly hint?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps<V extends string> {
  readonly label: string;
  readonly hideLabel?: boolean | undefined;
  readonly choices: readonly Choice<V>[];
  readonly value: V | undefined;
  readonly onChange: (value: V) => void;
  readonly placeholder?: string | undefined;
  readonly hint?: JSX.Element;
  readonly error?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly class?: string | undefined;
}

/** One of a few. More than about twelve: `Combobox`. */
export function Select<V extends string>(props: SelectProps<V>): JSX.Element {
  const id = createUniqueId();
  const chosen = () => props.choices.find((choice) => choice.value === props.value) ?? null;

  return (
    <Kobalte<Choice<V>>
      options={[...props.choices]}
      optionValue="value"
      optionTextValue="label"
      optionDisabled={(choice) => choice.disabled === true}
      value={chosen()}
      onChange={(choice) => choice && props.onChange(choice.value)}
      placeholder={props.placeholder ?? "Choose…"}
      disabled={props.disabled ?? false}
      validationState={props.error === undefined ? "valid" : "invalid"}
      disallowEmptySelection
      gutter={4}
      placement="bottom-start"
      sameWidth
      class={cx("flex min-w-0 flex-col gap-1", props.class)}
      itemComponent={(item) => (
        <Kobalte.Item item={item.item} class="choice">
          <span class="min-w-0 flex-1">
            <Kobalte.ItemLabel class="block truncate">{item.item.rawValue.label}</Kobalte.ItemLabel>
            <Show when={item.item.rawValue.hint}>
              {(hint) => <Kobalte.ItemDescription class="block text-12 text-muted">{hint()}</Kobalte.ItemDescription>}
            </Show>
          </span>
          <Kobalte.ItemIndicator class="text-accent">
            <Check size={14} aria-hidden="true" />
          </Kobalte.ItemIndicator>
        </Kobalte.Item>
      )}
    >
      <Kobalte.Label class={fieldLabelClass(props.hideLabel)}>{props.label}</Kobalte.Label>
      <Kobalte.Trigger class="control flex items-center justify-between gap-2 text-left data-[placeholder-shown]:text-faint">
        <Kobalte.Value<Choice<V>> class="truncate">{(state) => state.selectedOption().label}</Kobalte.Value>
        <Kobalte.Icon class="text-faint">
          <ChevronDown size={14} aria-hidden="true" />
        </Kobalte.Icon>
      </Kobalte.Trigger>
      <FieldNotes id={id} hint={props.hint} error={props.error} />
      <Kobalte.Portal>
        <Kobalte.Content class="floating min-w-40">
          <Kobalte.Listbox class="max-h-72 overflow-y-auto outline-none" />
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}
