import type { JSX } from "solid-js";
import { Match, Switch } from "solid-js";
import { Field } from "../../ui/Field.tsx";
import { TextArea, TextInput } from "../../ui/inputs.tsx";
import type { ValueType } from "./flag.ts";

interface ValueEditorProps {
  readonly valueType: ValueType;
  readonly text: string;
  readonly onInput: (text: string) => void;
  readonly error?: string | undefined;
  /** @default "Value" */
  readonly label?: string | undefined;
  readonly hint?: string | undefined;
}

/** A value as text, in the shape its type is written in. Boolean flags have none. */
export function ValueEditor(props: ValueEditorProps): JSX.Element {
  const label = () => props.label ?? "Value";
  return (
    <Switch>
      <Match when={props.valueType === "number"}>
        <Field label={label()} error={props.error} hint={props.hint} class="max-w-48">
          <TextInput value={props.text} onInput={props.onInput} inputmode="decimal" mono placeholder="No value" />
        </Field>
      </Match>
      <Match when={props.valueType === "string"}>
        <Field label={label()} error={props.error} hint={props.hint}>
          <TextArea value={props.text} onInput={props.onInput} mono placeholder="No value" class="min-h-8!" rows={1} />
        </Field>
      </Match>
      <Match when={props.valueType === "json"}>
        <Field label={label()} error={props.error} hint={props.hint}>
          <TextArea value={props.text} onInput={props.onInput} mono placeholder="null" rows={4} />
        </Field>
      </Match>
    </Switch>
  );
}
