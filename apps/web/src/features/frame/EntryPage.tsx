import type { JSX } from "solid-js";
import { BareFrame } from "./PlainFrame.tsx";

/** One narrow column with a heading: what somebody sees who is not in yet. */
export function EntryPage(props: { readonly title: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <BareFrame>
      <div class="mx-auto flex w-full max-w-88 flex-col gap-5 px-4 pt-[14vh] pb-12">
        <h1 class="text-20 font-semibold tracking-[-0.01em]">{props.title}</h1>
        {props.children}
      </div>
    </BareFrame>
  );
}
