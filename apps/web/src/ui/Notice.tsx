import CalendarClock from "lucide-solid/icons/calendar-clock";
import Info from "lucide-solid/icons/info";
import OctagonAlert from "lucide-solid/icons/octagon-alert";
import type { JSX } from "solid-js";
import { Match, Show, Switch } from "solid-js";
import { cx } from "./cx.ts";

export type NoticeTone = "info" | "danger" | "scheduled";

interface NoticeProps {
  /** @default "info" */
  readonly tone?: NoticeTone | undefined;
  readonly title?: string | undefined;
  readonly children?: JSX.Element;
  readonly action?: JSX.Element;
}

const TONES: Record<NoticeTone, string> = {
  info: "bg-accent-soft [&_svg]:text-accent",
  danger: "bg-danger-soft [&_svg]:text-danger",
  scheduled: "bg-scheduled-soft [&_svg]:text-scheduled",
};

/** Something that holds for what is below it. Errors are announced at once, the rest when the reader pauses. */
export function Notice(props: NoticeProps): JSX.Element {
  return (
    <div
      role={props.tone === "danger" ? "alert" : "status"}
      class={cx("flex flex-wrap items-center gap-x-3 gap-y-2 rounded-2 px-3 py-2", TONES[props.tone ?? "info"])}
    >
      <div class="flex min-w-0 flex-1 basis-64 items-start gap-2">
        <span class="mt-0.5 shrink-0" aria-hidden="true">
          <Switch fallback={<Info size={16} />}>
            <Match when={props.tone === "danger"}>
              <OctagonAlert size={16} />
            </Match>
            <Match when={props.tone === "scheduled"}>
              <CalendarClock size={16} />
            </Match>
          </Switch>
        </span>
        <div class="min-w-0 text-ink">
          <Show when={props.title}>
            <span class="mr-1.5 font-semibold">{props.title}</span>
          </Show>
          {props.children}
        </div>
      </div>
      {props.action}
    </div>
  );
}

/** Lies over a page that shows a past instant: striped edge, one way out. */
export function PastBanner(props: { readonly when: string; readonly wayOut: JSX.Element }): JSX.Element {
  return (
    <div role="status" class="bg-scheduled-soft">
      <div class="past-edge h-1" aria-hidden="true" />
      <div class="flex min-h-9 items-center justify-between gap-3 px-4 py-1">
        <span>
          <b class="font-semibold">As it was</b> {props.when}. Nothing can be changed here.
        </span>
        {props.wayOut}
      </div>
    </div>
  );
}
