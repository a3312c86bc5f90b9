import type { Condition } from "@halyard/evaluator/model";
import { OPERATORS } from "@halyard/evaluator/model";
import Check from "lucide-solid/icons/check";
import Dices from "lucide-solid/icons/dices";
import Minus from "lucide-solid/icons/minus";
import SlidersHorizontal from "lucide-solid/icons/sliders-horizontal";
import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { Combobox } from "../../ui/Combobox.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import type { Choice } from "../../ui/Select.tsx";
import { Select } from "../../ui/Select.tsx";
import { ConditionOptions } from "./ConditionOptions.tsx";
import type { Verdict } from "./match-preview.ts";
import { canLookInside, NOW, OPERATOR_WORDS, withOperator } from "./operators.ts";
import { useRules } from "./rules-context.ts";
import { propertyName } from "./sentence.ts";
import { ValueEditor } from "./ValueEditor.tsx";

interface ConditionRowProps {
  readonly condition: Condition;
  /** `rules.0.conditions.2` */
  readonly path: string;
  /** Stands before it: "whose", "and", "or". */
  readonly word: string;
  /** "2", or "3.1" for the first of a group that stands third. */
  readonly number: string;
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
}

const OPERATOR_CHOICES: readonly Choice<Condition["operator"]>[] = [
  ...OPERATORS.map((value) => ({ value, label: OPERATOR_WORDS[value].label })),
].sort((a, b) => Object.keys(OPERATOR_WORDS).indexOf(a.value) - Object.keys(OPERATOR_WORDS).indexOf(b.value));

const PATHS = ["$.identity.identifier", "$.environment.name"];
/** Stands for a blank property, which only a share of everyone may have. */
const EVERYONE = "\u0000everyone";

/** "orders · is at least · 10", with what is wrong under it. */
export function ConditionRow(props: ConditionRowProps): JSX.Element {
  const rules = useRules();
  const [isOpen, setOpen] = createSignal(false);
  const hasOptions = () => isOpen() || props.condition.ignoreCase === true || props.condition.elements !== undefined;
  /** Only dates are compared with the time. */
  const paths = () => (OPERATOR_WORDS[props.condition.operator].value === "date" ? [NOW, ...PATHS] : PATHS);
  const isShare = () => props.condition.operator === "PERCENTAGE_SPLIT";
  const errors = () => ["property", "operator", "value"].flatMap((field) => rules.errorAt(`${props.path}.${field}`) ?? []);
  const properties = (): readonly Choice[] => {
    const known = [...new Set([...rules.traits(), ...(props.condition.property === "" ? [] : [props.condition.property])])];
    return [
      ...(isShare() ? [{ value: EVERYONE, label: "everyone, by identity" }] : []),
      ...known.filter((name) => !paths().includes(name)).map((name) => ({ value: name, label: name })),
      ...paths().map((path) => ({ value: path, label: propertyName(path), hint: "built in" })),
    ];
  };
  const setOperator = (operator: Condition["operator"]) => props.onChange(withOperator(props.condition, operator));

  return (
    <div class="flex flex-col gap-1">
      <div class="grid grid-cols-[44px_minmax(110px,1fr)_minmax(132px,0.8fr)_minmax(150px,1.5fr)_auto] items-start gap-2 max-desk:grid-cols-[1fr_auto]">
        <span class="pt-1.5 text-right text-12 text-faint max-desk:self-center max-desk:pt-0 max-desk:text-left">
          {props.word}
        </span>
        <Combobox
          label={`Trait of condition ${props.number}`}
          hideLabel
          allowNew
          mono
          class="max-desk:col-span-full"
          placeholder="Trait…"
          choices={properties()}
          value={isShare() && props.condition.property === "" ? EVERYONE : props.condition.property}
          onChange={(property) => props.onChange({ ...props.condition, property: property === EVERYONE ? "" : property })}
        />
        <Select
          label={`Operator of condition ${props.number}`}
          hideLabel
          class="max-desk:col-span-full"
          choices={OPERATOR_CHOICES}
          value={props.condition.operator}
          onChange={setOperator}
        />
        <div class="min-w-0 max-desk:col-span-full">
          <ValueEditor
            condition={props.condition}
            label={`Value of condition ${props.number}`}
            invalid={rules.errorAt(`${props.path}.value`) !== undefined}
            onChange={(value) => props.onChange({ ...props.condition, value })}
          />
        </div>
        <div class="flex items-center max-desk:col-start-2 max-desk:row-start-1">
          <VerdictMark verdict={rules.verdict(props.condition)} />
          <Show when={canLookInside(props.condition.operator)}>
            <IconButton
              label={`Options of condition ${props.number}`}
              icon={<SlidersHorizontal size={14} aria-hidden="true" />}
              pressed={hasOptions()}
              onClick={() => setOpen(!isOpen())}
            />
          </Show>
          <IconButton
            label={`Remove condition ${props.number}`}
            icon={<X size={14} aria-hidden="true" />}
            onClick={() => props.onRemove()}
          />
        </div>
      </div>
      <Show when={hasOptions()}>
        <ConditionOptions condition={props.condition} number={props.number} onChange={(next) => props.onChange(next)} />
      </Show>
      <For each={errors()}>
        {(error) => (
          <p role="alert" class="pl-13 text-12 text-danger max-desk:pl-0">
            {error}
          </p>
        )}
      </For>
    </div>
  );
}

/** How the condition stands for the person tried beside it; holds its place so that nothing jumps. */
export function VerdictMark(props: { readonly verdict: Verdict | undefined }): JSX.Element {
  return (
    <span class="grid size-7 place-items-center">
      <Show when={props.verdict}>
        {(verdict) => (
          <Switch>
            <Match when={verdict() === "in"}>
              <Check size={14} class="text-on" aria-label="holds" />
            </Match>
            <Match when={verdict() === "out"}>
              <Minus size={14} class="text-faint" aria-label="does not hold" />
            </Match>
            <Match when={verdict() === "by-share"}>
              <Dices size={14} class="text-scheduled" aria-label="decided by the share" />
            </Match>
          </Switch>
        )}
      </Show>
    </span>
  );
}
