import PanelRight from "lucide-solid/icons/panel-right";
import type { JSX } from "solid-js";
import { createSignal, createUniqueId, Show } from "solid-js";
import { Button } from "./Button.tsx";
import { createMedia } from "./create-media.ts";
import { cx } from "./cx.ts";
import { Sheet } from "./Sheet.tsx";

interface PageHeaderProps {
  readonly title: JSX.Element;
  /** Stands before the title: the way back, a switch. */
  readonly before?: JSX.Element;
  /** One line of what this page is about. */
  readonly about?: JSX.Element;
  /** Primary act last. */
  readonly actions?: JSX.Element;
}

export function PageHeader(props: PageHeaderProps): JSX.Element {
  return (
    <header class="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      {props.before}
      <div class="min-w-0 flex-1">
        <h1 class="flex min-w-0 flex-wrap items-baseline gap-x-2 text-20 font-semibold">{props.title}</h1>
        <Show when={props.about}>
          <p class="text-muted">{props.about}</p>
        </Show>
      </div>
      <Show when={props.actions}>
        <div class="flex items-center gap-2">{props.actions}</div>
      </Show>
    </header>
  );
}

interface SectionProps {
  readonly title: string;
  readonly about?: JSX.Element;
  readonly actions?: JSX.Element;
  /** Leaves the inside without padding, for tables. */
  readonly flush?: boolean | undefined;
  readonly children: JSX.Element;
}

/** A titled part of a page, on its own surface. */
export function Section(props: SectionProps): JSX.Element {
  const id = createUniqueId();
  return (
    <section aria-labelledby={id} class="min-w-0 rounded-3 bg-surface shadow-[inset_0_0_0_1px_var(--line)]">
      <header class="flex items-center gap-3 px-4 pt-3 pb-1">
        <div class="min-w-0 flex-1">
          <h2 id={id} class="text-14 font-semibold">
            {props.title}
          </h2>
          <Show when={props.about}>
            <p class="text-12 text-muted">{props.about}</p>
          </Show>
        </div>
        {props.actions}
      </header>
      <div class={props.flush ? "pb-1" : "px-4 pt-1 pb-4"}>{props.children}</div>
    </section>
  );
}

interface SplitPageProps {
  /** Names the right panel: on its sheet, and on the button that opens it under 900 px. */
  readonly panelTitle: string;
  readonly panel: JSX.Element;
  readonly children: JSX.Element;
}

/** A page with the panel that is always there; under 900 px the panel is a sheet behind a button. */
export function SplitPage(props: SplitPageProps): JSX.Element {
  const isNarrow = createMedia("(width < 900px)");
  const [isOpen, setOpen] = createSignal(false);

  return (
    <div class="flex min-h-full">
      <div class={cx("min-w-0 flex-1 px-4 pb-6", isNarrow() && "pb-18")}>{props.children}</div>
      <Show
        when={isNarrow()}
        fallback={
          <aside aria-label={props.panelTitle} class="w-[var(--panel)] shrink-0 border-l border-line p-4">
            {props.panel}
          </aside>
        }
      >
        <Button
          class="fixed right-4 bottom-24 z-30 shadow-lift"
          icon={<PanelRight size={16} aria-hidden="true" />}
          onClick={() => setOpen(true)}
        >
          {props.panelTitle}
        </Button>
        <Sheet open={isOpen()} onClose={() => setOpen(false)} title={props.panelTitle}>
          {props.panel}
        </Sheet>
      </Show>
    </div>
  );
}
