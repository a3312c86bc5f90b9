import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { CopyButton } from "../../ui/CopyButton.tsx";
import type { Explanation } from "./explanation.ts";
import { explanationText, reasonOf, unmetOf } from "./explanation.ts";
import { outcomeWords } from "./outcome-words.ts";
import { Requirements } from "./Requirements.tsx";
import { StepLine } from "./StepLine.tsx";

/** What a context gets from a flag, and everything that led there, the strongest first. */
export function ExplanationView(props: { readonly explanation: Explanation }): JSX.Element {
  const outcome = () => props.explanation.outcome;
  const decided = () => props.explanation.steps.findIndex((step) => step.decided);

  return (
    <div class="flex flex-col gap-3">
      <div aria-live="polite">
        <p class="text-16 font-semibold break-words">
          <span class={outcome().enabled ? "text-on" : "text-muted"}>{outcomeWords(outcome())}</span>
        </p>
        <p>{reasonOf(props.explanation)}</p>
      </div>
      <dl class="flex flex-wrap items-center gap-x-4 gap-y-1 text-12">
        <Fact name="Reason" value={outcome().reason} />
        <Show when={outcome().variant}>{(variant) => <Fact name="Variant" value={variant()} />}</Show>
        <Fact name="Read at" value={`v${props.explanation.version}`} />
        <div class="ml-auto flex items-center gap-1">
          <dt class="text-muted">Decision token</dt>
          <dd>
            <CopyButton text={props.explanation.token} label="Copy decision token" />
          </dd>
        </div>
      </dl>
      <Show when={props.explanation.prerequisites.length > 0}>
        <Requirements explanation={props.explanation} />
      </Show>
      <section aria-label="How it was decided" class="flex flex-col">
        <div class="flex items-center justify-between">
          <h3 class="text-12 font-medium">How it was decided</h3>
          <CopyButton text={explanationText(props.explanation)} label="Copy as text" />
        </div>
        <ol class="-mx-2 flex flex-col gap-1">
          <For each={props.explanation.steps}>
            {(step, index) => (
              <StepLine
                step={step}
                number={index() + 1}
                isOpen={index() <= decided()}
                isMoot={unmetOf(props.explanation) !== undefined}
              />
            )}
          </For>
        </ol>
      </section>
    </div>
  );
}

function Fact(props: { readonly name: string; readonly value: string }) {
  return (
    <div class="flex min-w-0 gap-1.5">
      <dt class="text-muted">{props.name}</dt>
      <dd class="font-mono wrap-anywhere">{props.value}</dd>
    </div>
  );
}
