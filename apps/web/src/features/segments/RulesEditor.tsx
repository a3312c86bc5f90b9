import type { Rule } from "@halyard/evaluator/model";
import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { Index, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { RuleGroup } from "./RuleGroup.tsx";
import { groupOf, removeAt, replaceAt } from "./rules.ts";
import { Sentence } from "./Sentence.tsx";
import { sentenceOf } from "./sentence.ts";

interface RulesEditorProps {
  readonly rules: readonly Rule[];
  readonly onChange: (rules: readonly Rule[]) => void;
}

/** The rules of a segment: read aloud above, edited below. All groups at the top must hold. */
export function RulesEditor(props: RulesEditorProps): JSX.Element {
  return (
    <div class="flex flex-col gap-4">
      <Sentence words={sentenceOf(props.rules)} />
      <Index each={props.rules}>
        {(rule, index) => (
          <>
            <Show when={index > 0}>
              <div class="flex items-center gap-3 text-12 text-muted" aria-hidden="true">
                <span class="h-px flex-1 bg-line" />
                and
                <span class="h-px flex-1 bg-line" />
              </div>
            </Show>
            <RuleGroup
              rule={rule()}
              path={`rules.${index}`}
              depth={1}
              numbers={props.rules.length > 1 ? `${index + 1}.` : ""}
              onChange={(next) => props.onChange(replaceAt(props.rules, index, next))}
              onRemove={props.rules.length > 1 ? () => props.onChange(removeAt(props.rules, index)) : undefined}
            />
          </>
        )}
      </Index>
      <Show when={props.rules.length === 0}>
        <Button class="self-start" icon={<Plus size={14} aria-hidden="true" />} onClick={() => props.onChange([groupOf("ALL")])}>
          Say who is in it
        </Button>
      </Show>
    </div>
  );
}
