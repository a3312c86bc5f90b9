import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { cx } from "../../ui/cx.ts";
import { variantFill } from "../../ui/Meter.tsx";

export interface Arm {
  readonly label: string;
  /** Percent: from inclusive, below exclusive. */
  readonly from: number;
  readonly below: number;
  readonly isHit: boolean;
}

interface BucketRulerProps {
  /** Percent, where the context falls. */
  readonly place: number;
  readonly arms: readonly Arm[];
  /** Says the same in words. */
  readonly sentence: string;
}

const TICKS = [0, 25, 50, 75, 100];
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** 0 to 100, who has which part of it, and where the context falls. */
export function BucketRuler(props: BucketRulerProps): JSX.Element {
  const width = (arm: Arm) => arm.below - arm.from;

  return (
    <figure class="flex flex-col gap-1.5">
      <div class="relative pt-4" aria-hidden="true">
        <div class="relative h-3 overflow-hidden rounded-1 bg-line">
          <For each={props.arms}>
            {(arm, index) => (
              <Show when={width(arm) > 0}>
                <span
                  class={cx(
                    "absolute inset-y-0 min-w-0.5 border-r border-surface",
                    variantFill(index() + 1),
                    !arm.isHit && "opacity-55",
                  )}
                  style={{ left: `${arm.from}%`, width: `${width(arm)}%` }}
                />
              </Show>
            )}
          </For>
        </div>
        <span class="absolute top-0 h-8 w-0.5 -translate-x-1/2 bg-ink" style={{ left: `${props.place}%` }} />
        <span
          class="absolute top-0 -mt-0.5 px-1.5 text-12 font-medium tabular-nums"
          style={props.place > 60 ? { right: `${100 - props.place}%` } : { left: `${props.place}%` }}
        >
          {number.format(props.place)}
        </span>
        <div class="mt-1 flex justify-between text-12 text-faint tabular-nums">
          <For each={TICKS}>{(tick) => <span>{tick}</span>}</For>
        </div>
      </div>
      <ul class="flex flex-wrap gap-x-4 gap-y-1 text-12" aria-label="Shares">
        <For each={props.arms}>
          {(arm, index) => (
            <li class={cx("flex min-w-0 items-center gap-1.5", arm.isHit ? "text-ink" : "text-muted")}>
              <span class={cx("size-2 shrink-0 rounded-[2px]", variantFill(index() + 1))} aria-hidden="true" />
              <span class={cx("truncate font-mono", arm.isHit && "font-medium")}>{arm.label}</span>
              <span class="tabular-nums">
                {number.format(arm.from)}–{number.format(arm.below)}
              </span>
            </li>
          )}
        </For>
      </ul>
      <figcaption>{props.sentence}</figcaption>
    </figure>
  );
}
