import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { SpokenWords } from "../segments/index.ts";
import { BucketRuler } from "./BucketRuler.tsx";
import type { ConditionTrace, RuleTrace } from "./explanation.ts";
import { askedWords, givenWords, ruleSentence } from "./explanation.ts";
import { Verdict } from "./Verdict.tsx";

/** A group of conditions, each with what it compared and how it stands. */
export function RuleTree(props: { readonly rule: RuleTrace }): JSX.Element {
  return (
    <div class="min-w-0">
      <p class="text-12 text-muted">{ruleSentence(props.rule)}</p>
      <Show when={props.rule.conditions.length + props.rule.rules.length > 0}>
        <ul class="mt-1 flex flex-col gap-1.5 border-l border-line pl-3">
          <For each={props.rule.conditions}>{(condition) => <ConditionLine trace={condition} />}</For>
          <For each={props.rule.rules}>
            {(inner) => (
              <li>
                <RuleTree rule={inner} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}

function ConditionLine(props: { readonly trace: ConditionTrace }) {
  return (
    <li class="flex min-w-0 gap-1.5">
      <Verdict holds={props.trace.matches} />
      <div class="min-w-0 flex-1">
        <p class="wrap-anywhere text-muted">
          <SpokenWords words={askedWords(props.trace)} />; {givenWords(props.trace)}.
        </p>
        <Show when={props.trace.split}>
          {(split) => (
            <Show when={split().limit}>
              {(limit) => (
                <BucketRuler
                  place={split().place}
                  arms={[{ label: "in", from: 0, below: limit(), isHit: props.trace.matches }]}
                  sentence=""
                />
              )}
            </Show>
          )}
        </Show>
      </div>
    </li>
  );
}
