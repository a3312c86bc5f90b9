import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { Notice } from "../../ui/Notice.tsx";

/** One column of sections, as wide as forms are read well. */
export function SettingsColumn(props: { readonly children: JSX.Element }): JSX.Element {
  return <div class="flex max-w-[var(--measure)] flex-col gap-4 p-4 pb-12">{props.children}</div>;
}

/** For members: that they may look but not change, and who can. */
export function WhyNot(props: { readonly why: string | undefined }): JSX.Element {
  return <Show when={props.why}>{(why) => <Notice>{why()}</Notice>}</Show>;
}

interface ToggleProps {
  readonly label: string;
  readonly about: string;
  readonly on: boolean;
  readonly disabled: boolean;
  readonly onChange: (on: boolean) => void;
}

/** A setting that is on or off; the flag on its halyard is kept for flags. */
export function Toggle(props: ToggleProps): JSX.Element {
  return (
    <label class="flex items-start gap-2.5 py-1.5 max-desk:min-h-11">
      <input
        type="checkbox"
        class="mt-1"
        checked={props.on}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>
        <span class="block font-medium">{props.label}</span>
        <span class="block text-12 text-muted">{props.about}</span>
      </span>
    </label>
  );
}
