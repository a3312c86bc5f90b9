import type { Condition } from "@halyard/evaluator/model";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { Select } from "../../ui/Select.tsx";
import { canIgnoreCase, canLookInside } from "./operators.ts";

interface ConditionOptionsProps {
  readonly condition: Condition;
  /** "2" */
  readonly number: string;
  readonly onChange: (condition: Condition) => void;
}

const LISTS = [
  { value: "none", label: "counts as not known" },
  { value: "any", label: "one element is enough" },
  { value: "all", label: "each element must" },
] as const;

/** Rarely needed, so out of the way: letters in any case, and traits that are lists. */
export function ConditionOptions(props: ConditionOptionsProps): JSX.Element {
  const setCase = (isIgnored: boolean) => {
    const { ignoreCase: _, ...rest } = props.condition;
    props.onChange(isIgnored ? { ...rest, ignoreCase: true } : rest);
  };
  const setElements = (choice: (typeof LISTS)[number]["value"]) => {
    const { elements: _, ...rest } = props.condition;
    props.onChange(choice === "none" ? rest : { ...rest, elements: choice });
  };

  return (
    <div class="flex flex-wrap items-center gap-x-4 gap-y-1 pl-13 text-12 text-muted max-desk:pl-0">
      <Show when={canIgnoreCase(props.condition.operator)}>
        <label class="flex items-center gap-1.5 max-desk:min-h-11">
          <input
            type="checkbox"
            checked={props.condition.ignoreCase === true}
            onChange={(event) => setCase(event.currentTarget.checked)}
          />
          Ignore upper and lower case
        </label>
      </Show>
      <Show when={canLookInside(props.condition.operator)}>
        <div class="flex items-center gap-1.5">
          <span aria-hidden="true">A trait that is a list</span>
          <Select
            label={`A list in condition ${props.number}`}
            hideLabel
            class="w-44"
            choices={LISTS}
            value={props.condition.elements ?? "none"}
            onChange={setElements}
          />
        </div>
      </Show>
    </div>
  );
}
