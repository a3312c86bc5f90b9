import Download from "lucide-solid/icons/download";
import type { JSX } from "solid-js";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { CodeBlock } from "../../ui/CodeBlock.tsx";

/** Shown this once, to be kept somewhere else than the phone. */
export function RecoveryCodes(props: { readonly codes: readonly string[]; readonly onDone: () => void }): JSX.Element {
  const text = () => props.codes.join("\n");

  return (
    <>
      <p class="text-muted">
        Each lets you in once when the app is lost. They are shown this once: print them, or keep them where you keep passwords.
      </p>
      <CodeBlock title="Recovery codes" code={text()} />
      <div class="flex flex-wrap justify-end gap-2">
        <a
          class={buttonClass("default", "medium")}
          download="halyard-recovery-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text()}\n`)}`}
        >
          <Download size={14} aria-hidden="true" />
          Download
        </a>
        <Button kind="primary" onClick={() => props.onDone()}>
          I have kept them
        </Button>
      </div>
    </>
  );
}
