import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { Notice } from "../../ui/Notice.tsx";
import type { FlagDetail } from "./flag.ts";

/** What of a flag Flagsmith's document has no words for; its SDKs that decide by themselves read that document. */
export function FlagsmithNotice(props: { readonly flag: FlagDetail }): JSX.Element {
  return (
    <Show when={!props.flag.flagsmith.exact}>
      <Notice>
        <p>
          Flagsmith’s SDKs in local evaluation get this flag as off: their document cannot say it. All others get the right
          answer.
        </p>
        <ul class="list-disc pl-4 text-muted">
          <For each={props.flag.flagsmith.reasons}>{(reason) => <li>{reason.replaceAll("`", "")}</li>}</For>
        </ul>
      </Notice>
    </Show>
  );
}
