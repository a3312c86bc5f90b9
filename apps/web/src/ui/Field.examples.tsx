import Search from "lucide-solid/icons/search";
import { createSignal } from "solid-js";
import type { Examples } from "./examples.ts";
import { Field } from "./Field.tsx";
import { NumberInput, TextArea, TextInput } from "./inputs.tsx";
import { KeyHint } from "./KeyHint.tsx";

const Text = (props: { start?: string; error?: string; mono?: boolean; disabled?: boolean }) => {
  const [value, setValue] = createSignal("");
  // eslint-disable-next-line solid/reactivity -- only the start is given from outside
  setValue(props.start ?? "");
  return (
    <Field label="Key" hint="SDKs ask for it by this name; it never changes." error={props.error}>
      <TextInput value={value()} onInput={setValue} mono={props.mono} disabled={props.disabled} placeholder="new-checkout" />
    </Field>
  );
};

const Numbers = () => {
  const [value, setValue] = createSignal<number | undefined>(30);
  return (
    <Field label="Share">
      <NumberInput value={value()} onInput={setValue} min={0} max={100} unit="%" />
    </Field>
  );
};

const Find = () => {
  const [value, setValue] = createSignal("");
  return (
    <TextInput
      label="Search flags"
      value={value()}
      onInput={setValue}
      placeholder="Search flags"
      icon={<Search size={14} />}
      after={<KeyHint keys="/" />}
    />
  );
};

const Area = () => {
  const [value, setValue] = createSignal('{ "limit": 20 }');
  return (
    <Field label="Value" optional>
      <TextArea value={value()} onInput={setValue} mono />
    </Field>
  );
};

export const examples: Examples = {
  part: "Field",
  about: "A label, an input, a hint, and what is wrong with what to do about it.",
  examples: [
    { state: "empty", draw: () => <Text /> },
    { state: "filled, mono", draw: () => <Text start="new-checkout" mono /> },
    { state: "error", draw: () => <Text start="New checkout" mono error="A key holds no blanks. Try new-checkout." /> },
    { state: "disabled", draw: () => <Text start="new-checkout" mono disabled /> },
    { state: "number", draw: () => <Numbers /> },
    { state: "search", draw: () => <Find /> },
    { state: "text area", draw: () => <Area /> },
  ],
};
