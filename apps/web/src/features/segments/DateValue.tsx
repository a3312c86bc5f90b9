import type { JSX } from "solid-js";
import { createMemo, Match, Show, Switch } from "solid-js";
import { TextInput } from "../../ui/inputs.tsx";
import type { Choice } from "../../ui/Select.tsx";
import { Select } from "../../ui/Select.tsx";
import type { DateKind } from "./dates.ts";
import { asKind, dateKind, fromBox, localWords, toBox } from "./dates.ts";
import { NOW, textOf } from "./operators.ts";
import type { ValueEditorProps } from "./value-editor.ts";

const KINDS: readonly Choice<DateKind>[] = [
  { value: "day", label: "a day" },
  { value: "instant", label: "a time" },
  { value: "now", label: "now" },
];

/** A day, an instant, or the time at which the flag is read. Days and times are UTC's: the same for everybody. */
export function DateValue(props: ValueEditorProps): JSX.Element {
  const value = () => textOf(props.condition.value);
  const kind = () => dateKind(value());
  // The time is not compared with itself.
  const kinds = createMemo(() => (props.condition.property === NOW ? KINDS.filter((it) => it.value !== "now") : KINDS));

  return (
    <div class="flex min-w-0 flex-col gap-1">
      <div class="flex min-w-0 gap-2">
        <Select
          label={`${props.label}: kind`}
          hideLabel
          class="w-24 shrink-0"
          choices={kinds()}
          value={kind()}
          onChange={(next) => next !== kind() && props.onChange(asKind(value(), next))}
        />
        <Switch>
          <Match when={kind() === "day"}>
            <TextInput
              type="date"
              label={props.label}
              class="flex-1"
              aria-invalid={props.invalid ? true : undefined}
              value={value()}
              onInput={(text) => props.onChange(text)}
            />
          </Match>
          <Match when={kind() === "instant"}>
            <TextInput
              type="datetime-local"
              label={`${props.label}, UTC`}
              class="flex-1"
              aria-invalid={props.invalid ? true : undefined}
              value={toBox(value())}
              onInput={(text) => props.onChange(fromBox(text))}
            />
          </Match>
        </Switch>
      </div>
      <p class="text-12 text-muted">
        <Switch fallback="Days begin and end at midnight UTC.">
          <Match when={kind() === "now"}>The time at which the flag is read.</Match>
          <Match when={kind() === "instant"}>
            UTC<Show when={localWords(value())}>{(words) => <>; in your zone {words()}</>}</Show>.
          </Match>
        </Switch>
      </p>
    </div>
  );
}
