import type { JSX } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import type { FlagSummary } from "./flag.ts";

interface SelectionBarProps {
  readonly flags: readonly FlagSummary[];
  readonly onSwitch: (enabled: boolean) => void;
  readonly onClear: () => void;
}

/** What can be done to several flags at once. */
export function SelectionBar(props: SelectionBarProps): JSX.Element {
  return (
    <div
      role="toolbar"
      aria-label="Selected flags"
      class="sticky bottom-4 z-20 mx-auto flex w-fit animate-rise items-center gap-2 rounded-3 bg-surface p-2 pl-4 shadow-lift"
    >
      <span class="mr-2 font-medium tabular-nums">{props.flags.length} selected</span>
      <Button size="small" onClick={() => props.onSwitch(true)}>
        Turn on
      </Button>
      <Button size="small" onClick={() => props.onSwitch(false)}>
        Turn off
      </Button>
      <Button size="small" kind="quiet" onClick={() => props.onClear()}>
        Clear
      </Button>
    </div>
  );
}
