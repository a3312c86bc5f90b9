import { LIMITS } from "@halyard/contracts";
import type { Rule, RuleType } from "@halyard/evaluator/model";
import Plus from "lucide-solid/icons/plus";
import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { Index, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { cx } from "../../ui/cx.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { ConditionRow } from "./ConditionRow.tsx";
import { EMPTY_CONDITION, groupOf, removeAt, replaceAt } from "./rules.ts";
import { useRules } from "./rules-context.ts";

interface RuleGroupProps {
  readonly rule: Rule;
  /** `rules.0.rules.1` */
  readonly path: string;
  /** 1 for the outermost. */
  readonly depth: number;
  /** Begins the numbers of its conditions: "3." */
  readonly numbers?: string | undefined;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove?: (() => void) | undefined;
}

const TYPES: readonly { readonly type: RuleType; readonly label: string; readonly word: string }[] = [
  { type: "ALL", label: "all hold", word: "and" },
  { type: "ANY", label: "any holds", word: "or" },
  { type: "NONE", label: "none holds", word: "nor" },
];

/** Conditions and groups of which all, any or none must hold. */
export function RuleGroup(props: RuleGroupProps): JSX.Element {
  const rules = useRules();
  const word = () => TYPES.find(({ type }) => type === props.rule.type)?.word ?? "and";
  const change = (changes: Partial<Rule>) => props.onChange({ ...props.rule, ...changes });

  return (
    <div
      class={cx(
        "flex min-w-0 flex-col gap-2",
        props.depth > 1 && "rounded-2 bg-sunken/60 p-2 pl-3 shadow-[inset_2px_0_0_0_var(--control),inset_0_0_0_1px_var(--line)]",
      )}
      role="group"
      aria-label={props.depth === 1 ? "Conditions" : "Group of conditions"}
    >
      <div class="flex items-center gap-2">
        <TypeChoice value={props.rule.type} onChange={(type) => change({ type })} />
        <span class="flex-1" />
        <Show when={props.onRemove}>
          {(remove) => <IconButton label="Remove group" icon={<X size={14} aria-hidden="true" />} onClick={() => remove()()} />}
        </Show>
      </div>
      <Index each={props.rule.conditions}>
        {(condition, index) => (
          <ConditionRow
            condition={condition()}
            path={`${props.path}.conditions.${index}`}
            number={`${props.numbers ?? ""}${index + 1}`}
            word={index === 0 ? "whose" : word()}
            onChange={(next) => change({ conditions: replaceAt(props.rule.conditions, index, next) })}
            onRemove={() => change({ conditions: removeAt(props.rule.conditions, index) })}
          />
        )}
      </Index>
      <Show when={props.rule.type === "ANY" && props.rule.conditions.length > 0 && props.rule.rules.length > 0}>
        <p class="pl-13 text-12 text-muted max-desk:pl-0">and, besides, any of these groups holds:</p>
      </Show>
      <Index each={props.rule.rules}>
        {(rule, index) => (
          <div class="grid grid-cols-[44px_minmax(0,1fr)] gap-2 max-desk:grid-cols-1">
            <span class="pt-3 text-right text-12 text-faint max-desk:pt-0 max-desk:text-left">
              {index === 0 && props.rule.conditions.length === 0 ? "who" : word()}
            </span>
            <RuleGroup
              rule={rule()}
              path={`${props.path}.rules.${index}`}
              depth={props.depth + 1}
              numbers={`${props.numbers ?? ""}${props.rule.conditions.length + index + 1}.`}
              onChange={(next) => change({ rules: replaceAt(props.rule.rules, index, next) })}
              onRemove={() => change({ rules: removeAt(props.rule.rules, index) })}
            />
          </div>
        )}
      </Index>
      <Show when={rules.errorAt(`${props.path}.rules`) ?? rules.errorAt(`${props.path}.conditions`)}>
        {(error) => (
          <p role="alert" class="text-12 text-danger">
            {error()}
          </p>
        )}
      </Show>
      <div class="flex gap-1 pl-11 max-desk:pl-0">
        <Button
          kind="quiet"
          size="small"
          icon={<Plus size={14} aria-hidden="true" />}
          onClick={() => change({ conditions: [...props.rule.conditions, EMPTY_CONDITION] })}
        >
          Condition
        </Button>
        <Show when={props.depth < LIMITS.ruleDepth}>
          <Button
            kind="quiet"
            size="small"
            icon={<Plus size={14} aria-hidden="true" />}
            onClick={() => change({ rules: [...props.rule.rules, groupOf(props.rule.type === "ANY" ? "ALL" : "ANY")] })}
          >
            Group
          </Button>
        </Show>
      </div>
    </div>
  );
}

function TypeChoice(props: { readonly value: RuleType; readonly onChange: (type: RuleType) => void }) {
  return (
    <div role="radiogroup" aria-label="Of these conditions" class="flex rounded-2 bg-hover p-0.5">
      <Index each={TYPES}>
        {(entry) => (
          <button
            type="button"
            role="radio"
            aria-checked={props.value === entry().type}
            class={cx(
              "h-6 rounded-1 px-2 text-12 font-medium max-desk:h-10",
              props.value === entry().type ? "bg-surface text-ink shadow-[0_0_0_1px_var(--line)]" : "text-muted hover:text-ink",
            )}
            onClick={() => props.onChange(entry().type)}
          >
            {entry().label}
          </button>
        )}
      </Index>
    </div>
  );
}
