import { Tabs as Kobalte } from "@kobalte/core/tabs";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";

export interface Tab<V extends string = string> {
  readonly value: V;
  readonly label: string;
  readonly count?: number | undefined;
  readonly panel: () => JSX.Element;
}

interface TabsProps<V extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<V>[];
  readonly value: V;
  readonly onChange: (value: V) => void;
}

/** Sides of one thing. The chosen one belongs in the address, so the caller holds it. */
export function Tabs<V extends string>(props: TabsProps<V>): JSX.Element {
  const choose = (value: string) => {
    const tab = props.tabs.find((candidate) => candidate.value === value);
    if (tab) props.onChange(tab.value);
  };

  return (
    <Kobalte value={props.value} onChange={choose} activationMode="manual">
      <Kobalte.List aria-label={props.label} class="relative flex gap-1 overflow-x-auto border-b border-line">
        <For each={props.tabs}>
          {(tab) => (
            <Kobalte.Trigger
              value={tab.value}
              class="flex h-9 items-center gap-1.5 rounded-t-1 border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-muted -outline-offset-2 hover:text-ink data-[selected]:border-accent data-[selected]:text-ink max-desk:h-11"
            >
              {tab.label}
              <Show when={tab.count !== undefined}>
                <span class="text-12 text-faint tabular-nums">{tab.count}</span>
              </Show>
            </Kobalte.Trigger>
          )}
        </For>
      </Kobalte.List>
      <For each={props.tabs}>
        {(tab) => (
          <Kobalte.Content value={tab.value} class="pt-4">
            {tab.panel()}
          </Kobalte.Content>
        )}
      </For>
    </Kobalte>
  );
}
