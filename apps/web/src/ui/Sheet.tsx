import { Dialog as Kobalte } from "@kobalte/core/dialog";
import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { cx } from "./cx.ts";
import { closeClass } from "./Dialog.tsx";

interface SheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: JSX.Element;
}

/** The narrow panel at the right; under 900 px it comes from the bottom. */
export function Sheet(props: SheetProps): JSX.Element {
  return (
    <Kobalte open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="fixed inset-0 z-40 animate-appear bg-shade" />
        <Kobalte.Content class="fixed inset-y-0 right-0 z-40 flex w-[var(--panel)] max-w-full animate-appear flex-col bg-surface shadow-lift outline-none max-desk:inset-x-0 max-desk:top-auto max-desk:max-h-[86dvh] max-desk:w-full max-desk:animate-rise max-desk:rounded-t-3">
          <div class="flex h-12 shrink-0 items-center border-b border-line px-4">
            <Kobalte.Title class="text-14 font-semibold">{props.title}</Kobalte.Title>
          </div>
          <div class="min-h-0 flex-1 overflow-y-auto p-4 max-desk:pb-8">{props.children}</div>
          {/* Last, so that the focus begins inside. */}
          <Kobalte.CloseButton
            aria-label="Close"
            class={cx(closeClass, "absolute top-2.5 right-2.5 max-desk:top-0.5 max-desk:right-1")}
          >
            <X size={16} aria-hidden="true" />
          </Kobalte.CloseButton>
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}
