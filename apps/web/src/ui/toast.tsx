import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { createSignal, For, onCleanup, onMount, Show } from "solid-js";
import { cx } from "./cx.ts";

export interface ToastMessage {
  readonly title: string;
  readonly about?: string | undefined;
  readonly tone?: "plain" | "danger" | undefined;
  /** The one thing to do about it: Undo. */
  readonly action?: { readonly label: string; readonly onClick: () => void } | undefined;
  /** Milliseconds until it leaves; stops while the pointer or focus is on it. @default 6_000 */
  readonly lastsMs?: number | undefined;
}

/** More would cover the page; the oldest gives way. */
const MOST = 4;

// One page has one corner for messages, so they live here and not in a component.
const [messages, setMessages] = createSignal<readonly ToastMessage[]>([]);

/** Says that something took, and offers to undo it. Needs one `Toaster` on the page. */
export function showToast(message: ToastMessage): void {
  // A copy: the same message shown twice is two messages.
  setMessages((shown) => [...shown, { ...message }].slice(-MOST));
}

const dismiss = (message: ToastMessage) => setMessages((shown) => shown.filter((other) => other !== message));

/** Takes every message away, for example with the page that it was about. */
export const clearToasts = (): void => void setMessages([]);

/** The corner where messages appear. F8 moves the focus there. */
export function Toaster(): JSX.Element {
  let region: HTMLElement | undefined;
  const listen = (event: KeyboardEvent) => {
    if (event.key === "F8") region?.querySelector("button")?.focus();
  };
  onMount(() => window.addEventListener("keydown", listen));
  onCleanup(() => window.removeEventListener("keydown", listen));

  return (
    <section
      ref={region}
      aria-label="Messages, F8"
      class="pointer-events-none fixed right-4 bottom-11 z-80 flex w-88 max-w-[calc(100vw-32px)] flex-col gap-2 max-desk:bottom-20"
    >
      <For each={messages()}>{(message) => <Toast message={message} />}</For>
    </section>
  );
}

function Toast(props: { readonly message: ToastMessage }) {
  const message = () => props.message;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  const start = () => {
    stop();
    timer = setTimeout(() => dismiss(message()), message().lastsMs ?? 6_000);
  };
  onMount(start);
  onCleanup(stop);

  return (
    <div
      role={message().tone === "danger" ? "alert" : "status"}
      class={cx(
        "pointer-events-auto flex animate-rise items-center gap-2 rounded-2 py-1.5 pr-1.5 pl-3 shadow-lift",
        message().tone === "danger" ? "bg-danger-soft" : "bg-surface",
      )}
      onPointerEnter={stop}
      onPointerLeave={start}
      onFocusIn={stop}
      onFocusOut={start}
    >
      <div class="min-w-0 flex-1 py-0.5">
        <p class="font-medium">{message().title}</p>
        <Show when={message().about}>
          <p class="text-12 text-muted">{message().about}</p>
        </Show>
      </div>
      <Show when={message().action}>
        {(action) => (
          <button
            type="button"
            class="h-7 shrink-0 rounded-1 px-2 font-medium text-accent hover:bg-accent-soft max-desk:h-11"
            onClick={() => {
              action().onClick();
              dismiss(message());
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <button
        type="button"
        aria-label="Dismiss"
        class="grid size-7 shrink-0 place-items-center rounded-1 text-faint hover:text-ink max-desk:size-11"
        onClick={() => dismiss(message())}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
