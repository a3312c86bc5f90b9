import Check from "lucide-solid/icons/check";
import Copy from "lucide-solid/icons/copy";
import type { JSX } from "solid-js";
import { createSignal, onCleanup, Show } from "solid-js";
import { IconButton } from "./IconButton.tsx";
import { showToast } from "./toast.tsx";

interface CopyButtonProps {
  readonly text: string;
  /** "Copy key". */
  readonly label: string;
  readonly class?: string | undefined;
}

export function CopyButton(props: CopyButtonProps): JSX.Element {
  const [isCopied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      clearTimeout(timer);
      timer = setTimeout(() => setCopied(false), 1_500);
    } catch {
      // Plain http outside localhost has no clipboard.
      showToast({
        tone: "danger",
        title: "The browser does not allow copying here",
        about: "Select the text and copy it by hand.",
      });
    }
  };

  return (
    <span class={props.class}>
      <IconButton
        label={isCopied() ? "Copied" : props.label}
        icon={
          <Show when={isCopied()} fallback={<Copy size={14} aria-hidden="true" />}>
            <Check size={14} aria-hidden="true" />
          </Show>
        }
        onClick={() => void copy(props.text)}
      />
      <span class="sr-only" aria-live="polite">
        {isCopied() ? "Copied" : ""}
      </span>
    </span>
  );
}
