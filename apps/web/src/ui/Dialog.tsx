import { Dialog as Kobalte } from "@kobalte/core/dialog";
import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { cx } from "./cx.ts";

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly about?: JSX.Element;
  /** Buttons, the main one last. */
  readonly actions?: JSX.Element;
  readonly wide?: boolean | undefined;
  readonly children?: JSX.Element;
}

export const closeClass = "grid size-7 place-items-center rounded-2 text-faint hover:bg-hover hover:text-ink max-desk:size-11";

/** Asks one thing. Escape and a click beside it close it; focus returns to where it was. */
export function Dialog(props: DialogProps): JSX.Element {
  return (
    <Kobalte open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="fixed inset-0 z-50 animate-appear bg-shade" />
        <div class="pointer-events-none fixed inset-0 z-50 grid items-start justify-items-center overflow-y-auto p-4 pt-[14vh] max-desk:items-end max-desk:p-0">
          <Kobalte.Content
            class={cx(
              "pointer-events-auto relative flex w-full animate-rise flex-col gap-4 rounded-3 bg-surface p-5 shadow-lift outline-none max-desk:rounded-b-none max-desk:pb-8",
              props.wide ? "max-w-160" : "max-w-112 max-desk:max-w-none",
            )}
          >
            <div class="pr-8">
              <Kobalte.Title class="text-16 font-semibold text-balance">{props.title}</Kobalte.Title>
              <Show when={props.about}>
                <Kobalte.Description class="mt-1 text-muted">{props.about}</Kobalte.Description>
              </Show>
            </div>
            {props.children}
            <Show when={props.actions}>
              <div class="flex justify-end gap-2">{props.actions}</div>
            </Show>
            {/* Last, so that the focus begins at what is asked. */}
            <Kobalte.CloseButton
              aria-label="Close"
              class={cx(closeClass, "absolute top-4 right-4 max-desk:top-2 max-desk:right-2")}
            >
              <X size={16} aria-hidden="true" />
            </Kobalte.CloseButton>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  );
}
