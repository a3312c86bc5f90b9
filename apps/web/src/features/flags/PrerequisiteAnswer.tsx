import type { JSX } from "solid-js";
import { createMemo } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import type { Choice } from "../../ui/Select.tsx";
import { Select } from "../../ui/Select.tsx";
import type { Prerequisite } from "./flag.ts";
import { variantName } from "./flag.ts";

interface PrerequisiteAnswerProps {
  readonly prerequisite: Prerequisite;
  readonly place: Place;
  readonly onChange: (prerequisite: Prerequisite) => void;
}

const ON = "on";
const OFF = "off";
const VARIANT = "variant:";

/** What the required flag must answer: on, off, or one of its variants. */
export function PrerequisiteAnswer(props: PrerequisiteAnswerProps): JSX.Element {
  const flag = createApiQuery(() => ({
    path: "flags.get",
    input: { ...inputOf(props.place), flag: props.prerequisite.flag },
    keep: false,
  }));
  const choices = createMemo((): Choice[] => {
    const names = (flag.data?.variants ?? []).map(variantName);
    const known = names.length === 0 ? [] : [...names, "control"];
    const { variant } = props.prerequisite;
    // What is required is shown also before the variants are known.
    const all = variant === null || known.includes(variant) ? known : [...known, variant];
    return [
      { value: ON, label: "must be on" },
      { value: OFF, label: "must be off" },
      ...all.map((name) => ({ value: VARIANT + name, label: `must answer ${name}` })),
    ];
  });
  const value = () => {
    const { enabled, variant } = props.prerequisite;
    return variant === null ? (enabled ? ON : OFF) : VARIANT + variant;
  };
  const change = (next: string) => {
    if (next === value()) return;
    const variant = next.startsWith(VARIANT) ? next.slice(VARIANT.length) : null;
    props.onChange({ flag: props.prerequisite.flag, enabled: next !== OFF, variant });
  };

  return (
    <Select
      label={`What ${props.prerequisite.flag} must answer`}
      hideLabel
      class="w-48"
      choices={choices()}
      value={value()}
      onChange={change}
    />
  );
}
