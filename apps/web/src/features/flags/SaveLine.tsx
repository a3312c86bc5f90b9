import type { JSX } from "solid-js";
import { Button } from "../../ui/Button.tsx";

interface SaveLineProps {
  readonly verb: string;
  readonly disabled: boolean;
  readonly busy: boolean;
  readonly onSave: () => void;
  readonly onCancel: () => void;
  readonly children?: JSX.Element;
}

/** The end of an edit: what will be so, and the two ways out. */
export function SaveLine(props: SaveLineProps): JSX.Element {
  return (
    <div class="flex flex-wrap items-center justify-end gap-2">
      <span class="mr-auto text-12 text-muted">{props.children}</span>
      <Button size="small" onClick={() => props.onCancel()}>
        Cancel
      </Button>
      <Button size="small" kind="primary" disabled={props.disabled} busy={props.busy} onClick={() => props.onSave()}>
        {props.verb}
      </Button>
    </div>
  );
}
