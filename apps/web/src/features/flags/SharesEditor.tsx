import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { valueWords } from "../../lib/value-words.ts";
import { cx } from "../../ui/cx.ts";
import { NumberInput } from "../../ui/inputs.tsx";
import { variantFill, WeightBar } from "../../ui/Meter.tsx";
import type { Variant } from "./flag.ts";
import { variantName } from "./flag.ts";

interface SharesEditorProps {
  readonly variants: readonly Variant[];
  readonly weightOf: (variant: string) => number;
  readonly onWeight: (variant: string, weight: number) => void;
  readonly error?: string | undefined;
  /** Stands at the end of a variant's row: edit, remove. */
  readonly actions?: ((variant: Variant) => JSX.Element) | undefined;
}

/** How everybody is split between the variants; what is not given away gets the value. */
export function SharesEditor(props: SharesEditorProps): JSX.Element {
  const weights = () =>
    props.variants.map((variant) => ({ label: variantName(variant), weight: props.weightOf(variantName(variant)) }));

  return (
    <div class="flex flex-col gap-3">
      <WeightBar weights={weights()} rest="the value" />
      <ul class="flex flex-col" aria-label="Variants">
        <For each={props.variants}>
          {(variant, index) => (
            <li class="flex min-h-10 items-center gap-3 border-t border-line py-1">
              <span class={cx("size-2.5 shrink-0 rounded-[3px]", variantFill(index() + 1))} aria-hidden="true" />
              <span class="min-w-0 flex-1">
                <span class="font-mono text-code font-medium">{variantName(variant)}</span>
                <span class="ml-3 text-muted">{valueWords(variant.value)}</span>
              </span>
              <NumberInput
                label={`Share of ${variantName(variant)}`}
                value={props.weightOf(variantName(variant))}
                onInput={(weight) => props.onWeight(variantName(variant), weight ?? 0)}
                min={0}
                max={100}
                step={1}
                unit="%"
              />
              {props.actions?.(variant)}
            </li>
          )}
        </For>
      </ul>
      <Show when={props.error}>
        <p role="alert" class="text-12 text-danger">
          {props.error}
        </p>
      </Show>
    </div>
  );
}
