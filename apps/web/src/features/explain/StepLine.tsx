import ChevronRight from "lucide-solid/icons/chevron-right";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { Chip } from "../../ui/Chip.tsx";
import { cx } from "../../ui/cx.ts";
import { BucketRuler } from "./BucketRuler.tsx";
import type { Placement, Step } from "./explanation.ts";
import { placementSentence, stepSentence, stepTitle } from "./explanation.ts";
import { RuleTree } from "./RuleTree.tsx";

interface StepLineProps {
  readonly step: Step;
  readonly number: number;
  /** Steps behind the one that decided are folded. */
  readonly isOpen: boolean;
  /** Something that is required has decided instead. */
  readonly isMoot: boolean;
}

/** One of whom was asked in turn, and what it said. */
export function StepLine(props: StepLineProps): JSX.Element {
  const rules = () => (props.step.source === "segment" ? props.step.rules : []);
  const isDecisive = () => props.step.decided && !props.isMoot;
  const hasMore = () => rules().length > 0 || props.step.placement !== null;

  return (
    <li
      class={cx("flex min-w-0 gap-2 rounded-2 p-2", isDecisive() && "bg-accent-soft")}
      aria-current={isDecisive() ? "step" : undefined}
    >
      <span
        class={cx(
          "grid size-5 shrink-0 place-items-center rounded-full text-12 font-medium tabular-nums",
          isDecisive() ? "bg-accent text-fill-text" : "bg-hover text-muted",
        )}
        aria-hidden="true"
      >
        {props.number}
      </span>
      <div class="min-w-0 flex-1">
        <Show when={hasMore()} fallback={<Head step={props.step} isDecisive={isDecisive()} />}>
          <details open={props.isOpen} class="group">
            <summary class="flex list-none items-start gap-1 rounded-1 max-desk:min-h-8 [&::-webkit-details-marker]:hidden">
              <div class="min-w-0 flex-1">
                <Head step={props.step} isDecisive={isDecisive()} />
              </div>
              <ChevronRight
                size={14}
                aria-hidden="true"
                class="mt-0.5 shrink-0 text-faint transition-transform duration-[120ms] group-open:rotate-90"
              />
            </summary>
            <div class="mt-2 flex flex-col gap-2">
              <For each={rules()}>{(rule) => <RuleTree rule={rule} />}</For>
              <Show when={props.step.placement}>{(placement) => <Ruler placement={placement()} />}</Show>
            </div>
          </details>
        </Show>
      </div>
    </li>
  );
}

function Head(props: { readonly step: Step; readonly isDecisive: boolean }) {
  return (
    <>
      <p class="flex flex-wrap items-center gap-x-2">
        <span class={cx("min-w-0 font-medium wrap-anywhere", !props.step.applies && "text-muted")}>{stepTitle(props.step)}</span>
        <Show when={props.isDecisive}>
          <Chip tone="accent">decided</Chip>
        </Show>
      </p>
      <p class="text-12 wrap-anywhere text-muted">{stepSentence(props.step)}</p>
    </>
  );
}

function Ruler(props: { readonly placement: Placement }) {
  return (
    <BucketRuler
      place={props.placement.place}
      arms={props.placement.arms.map(({ variant, ...arm }) => ({ ...arm, label: variant ?? "a variant without a key" }))}
      sentence={placementSentence(props.placement)}
    />
  );
}
