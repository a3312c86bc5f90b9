import { createSignal } from "solid-js";
import { Combobox } from "./Combobox.tsx";
import type { Examples } from "./examples.ts";
import { Select } from "./Select.tsx";

const TYPES = [
  { value: "boolean", label: "On or off" },
  { value: "string", label: "Text" },
  { value: "number", label: "Number", hint: "Whole numbers only" },
] as const;

const TRAITS = ["plan", "country", "age", "email", "beta", "company"].map((value) => ({ value, label: value }));

const Types = (props: { error?: string; disabled?: boolean; empty?: boolean }) => {
  const [value, setValue] = createSignal<(typeof TYPES)[number]["value"]>();
  // eslint-disable-next-line solid/reactivity -- only the start is given from outside
  if (!props.empty) setValue("string");
  return (
    <Select label="Type" choices={TYPES} value={value()} onChange={setValue} error={props.error} disabled={props.disabled} />
  );
};

const Traits = () => {
  const [value, setValue] = createSignal<string | undefined>("plan");
  return (
    <Combobox
      label="Trait"
      choices={TRAITS}
      value={value()}
      onChange={setValue}
      allowNew
      mono
      hint="Typed names are taken too."
    />
  );
};

export const examples: Examples = {
  part: "Select",
  about: "One of a few. A Combobox where there are many, or where new ones may be typed.",
  examples: [
    { state: "chosen", draw: () => <Types /> },
    { state: "nothing chosen", draw: () => <Types empty /> },
    { state: "error", draw: () => <Types empty error="Choose what the flag answers." /> },
    { state: "disabled", draw: () => <Types disabled /> },
    { state: "combobox", draw: () => <Traits /> },
  ],
};
