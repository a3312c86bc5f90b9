import type { JSX } from "solid-js";
import { For, Show } from "solid-js";

export interface Bar {
  /** "Tue 14:00". */
  readonly label: string;
  /** From the foot up, one for each series. */
  readonly values: readonly number[];
}

interface BarChartProps {
  /** What is drawn, read aloud before the table. */
  readonly label: string;
  readonly series: readonly { readonly name: string; readonly colour: string }[];
  /** Oldest first. */
  readonly bars: readonly Bar[];
}

const HEIGHT = 160;
const GAP = 0.18;
const number = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** Stacked bars over time; the same figures stand in a table behind them. */
export function BarChart(props: BarChartProps): JSX.Element {
  const most = () => Math.max(1, ...props.bars.map(({ values }) => total(values)));
  const heightOf = (value: number) => (value === 0 ? 0 : Math.max(1.5, (value / most()) * HEIGHT));
  const footOf = (values: readonly number[], index: number) => heightOf(total(values.slice(0, index)));

  return (
    <figure class="flex flex-col gap-3">
      <ul class="flex gap-4 text-12" aria-hidden="true">
        <For each={props.series}>
          {(series) => (
            <li class="flex items-center gap-1.5">
              <span class="size-2 rounded-[2px]" style={{ background: series.colour }} />
              {series.name}
            </li>
          )}
        </For>
      </ul>
      <div class="flex gap-2" aria-hidden="true">
        <div class="flex w-9 flex-col justify-between text-right text-12 text-faint tabular-nums">
          <span>{short.format(most())}</span>
          <span>0</span>
        </div>
        <div class="min-w-0 flex-1">
          <svg
            width="100%"
            height={HEIGHT}
            viewBox={`0 0 ${props.bars.length} ${HEIGHT}`}
            preserveAspectRatio="none"
            class="block border-y border-line"
          >
            <For each={props.bars}>
              {(bar, index) => (
                <g>
                  <title>{barWords(bar, props.series)}</title>
                  <rect x={index()} y={0} width={1} height={HEIGHT} fill="transparent" />
                  <For each={bar.values}>
                    {(value, at) => (
                      <rect
                        x={index() + GAP / 2}
                        y={HEIGHT - footOf(bar.values, at()) - heightOf(value)}
                        width={1 - GAP}
                        height={heightOf(value)}
                        style={{ fill: props.series[at()]?.colour ?? "currentColor" }}
                      />
                    )}
                  </For>
                </g>
              )}
            </For>
          </svg>
          <div class="mt-1 flex justify-between text-12 text-faint">
            <span>{props.bars[0]?.label}</span>
            <Show when={props.bars.length > 2}>
              <span>{props.bars[Math.floor(props.bars.length / 2)]?.label}</span>
            </Show>
            <span>{props.bars.at(-1)?.label}</span>
          </div>
        </div>
      </div>
      <details>
        <summary class="w-fit rounded-1 text-12 text-muted hover:text-ink max-desk:min-h-11">Show as a table</summary>
        <div class="mt-2 max-h-80 overflow-y-auto" tabindex="0" role="region" aria-label={`${props.label}, as a table`}>
          <table class="w-full max-w-120 text-left tabular-nums">
            <caption class="sr-only">{props.label}</caption>
            <thead>
              <tr class="text-12 text-faint">
                <th scope="col" class="py-1 pr-4 font-medium">
                  From
                </th>
                <For each={props.series}>
                  {(series) => (
                    <th scope="col" class="py-1 pr-4 text-right font-medium">
                      {series.name}
                    </th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={props.bars}>
                {(bar) => (
                  <tr class="border-t border-line">
                    <th scope="row" class="py-1 pr-4 font-normal text-muted">
                      {bar.label}
                    </th>
                    <For each={bar.values}>{(value) => <td class="py-1 pr-4 text-right">{number.format(value)}</td>}</For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const barWords = (bar: Bar, series: BarChartProps["series"]): string =>
  `${bar.label}: ${bar.values.map((value, at) => `${number.format(value)} ${series[at]?.name ?? ""}`).join(", ")}`;
