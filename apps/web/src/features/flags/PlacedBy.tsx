import type { JSX } from "solid-js";
import { Combobox } from "../../ui/Combobox.tsx";

interface PlacedByProps {
  /** An attribute's name; undefined for the identity. */
  readonly value: string | undefined;
  readonly onChange: (attribute: string | undefined) => void;
  readonly error?: string | undefined;
}

/** Stands for the identity, which no attribute is called. */
const IDENTITY = "\u0000identity";

/** Whose shares these are: people by themselves, or all people of a company together. */
export function PlacedBy(props: PlacedByProps): JSX.Element {
  return (
    <Combobox
      label="Placed by"
      class="mt-3 max-w-80"
      allowNew
      choices={[
        { value: IDENTITY, label: "each identity" },
        ...(props.value === undefined ? [] : [{ value: props.value, label: props.value }]),
      ]}
      value={props.value ?? IDENTITY}
      onChange={(value) => props.onChange(value === IDENTITY ? undefined : value)}
      error={props.error}
      hint={
        props.value === undefined
          ? "Write an attribute, such as company, to give all who share it the same variant."
          : "All who share its value get the same; who has none gets the flag’s own value."
      }
    />
  );
}
