import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { Notice } from "../../ui/Notice.tsx";
import type { FlagDetail } from "./flag.ts";

const list = new Intl.ListFormat("en");

/** What of a flag Flagsmith's document has no words for; its SDKs that decide by themselves read that document. */
export function beyondFlagsmith(flag: Pick<FlagDetail, "prerequisites" | "state" | "segmentOverrides">): readonly string[] {
  const isPlacedByOther = [flag.state, ...flag.segmentOverrides].some(({ bucketBy }) => bucketBy !== undefined);
  return [
    ...(flag.prerequisites.length > 0 ? ["prerequisites"] : []),
    ...(isPlacedByOther ? ["variants placed by an attribute"] : []),
  ];
}

export function FlagsmithNotice(props: { readonly flag: FlagDetail }): JSX.Element {
  const reasons = () => beyondFlagsmith(props.flag);

  return (
    <Show when={reasons().length > 0}>
      <Notice>
        Flagsmith’s SDKs in local evaluation get this flag’s off state: their document cannot express {list.format(reasons())}.
        All others get the right answer.
      </Notice>
    </Show>
  );
}
