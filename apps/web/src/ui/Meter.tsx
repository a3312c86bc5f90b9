import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { cx } from "./cx.ts";

interface MeterProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** Read aloud instead of the bare figure: "30 of 34 clients". */
  readonly text?: string | undefined;
  readonly class?: string | undefined;
}

export function Meter(props: MeterProps): JSX.Element {
  const share = () => (props.max > 0 ? Math.min(1, props.value / props.max) : 0);
  return (
    <div
      role="meter"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={props.max}
      aria-valuenow={props.value}
      aria-valuetext={props.text}
      class={cx("h-1 overflow-hidden rounded-full bg-line", props.class ?? "w-full")}
    >
      <div
        class="h-full origin-left rounded-full bg-accent transition-transform duration-[240ms]"
        style={{ transform: `scaleX(${share()})` }}
      />
    </div>
  );
}

export interface Weight {
  readonly label: string;
  /** Percent of everyone, 0 to 100. */
  readonly weight: number;
}

/** Variant 0 is the control; past the sixth, colours repeat and the label alone tells. */
const FILLS = ["bg-v0", "bg-v1", "bg-v2", "bg-v3", "bg-v4", "bg-v5"];

export const variantFill = (index: number): string => FILLS[index % FILLS.length] ?? "bg-v0";

const percent = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** How everyone is split between variants; what is not given away stays grey. */
export function WeightBar(props: { readonly weights: readonly Weight[]; readonly rest?: string | undefined }): JSX.Element {
  const given = () => props.weights.reduce((sum, { weight }) => sum + weight, 0);
  const rest = () => Math.max(0, 100 - given());

  return (
    <div class="flex flex-col gap-2">
      <div class="flex h-3 gap-0.5 overflow-hidden rounded-1" aria-hidden="true">
        <For each={props.weights}>
          {(part, index) => (
            <Show when={part.weight > 0}>
              <span class={cx("min-w-0.5", variantFill(index() + 1))} style={{ flex: `${part.weight} 0 0px` }} />
            </Show>
          )}
        </For>
        <Show when={rest() > 0}>
          <span class="bg-v0" style={{ flex: `${rest()} 0 0px` }} />
        </Show>
      </div>
      <ul class="flex flex-wrap gap-x-4 gap-y-1 text-12" aria-label="Shares">
        <For each={props.weights}>
          {(part, index) => <Share label={part.label} weight={part.weight} fill={variantFill(index() + 1)} />}
        </For>
        <Show when={rest() > 0 && props.rest !== undefined}>
          <Share label={props.rest ?? ""} weight={rest()} fill="bg-v0" />
        </Show>
      </ul>
    </div>
  );
}

function Share(props: Weight & { readonly fill: string }) {
  return (
    <li class="flex min-w-0 items-center gap-1.5">
      <span class={cx("size-2 shrink-0 rounded-[2px]", props.fill)} aria-hidden="true" />
      <span class="truncate font-mono text-ink">{props.label}</span>
      <span class="text-muted tabular-nums">{percent.format(props.weight)} %</span>
    </li>
  );
}
