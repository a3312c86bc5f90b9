import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { Tag } from "../../ui/Chip.tsx";
import { membersIn } from "./operators.ts";

interface ListEditorProps {
  readonly label: string;
  readonly members: readonly string[];
  readonly onChange: (members: readonly string[]) => void;
  readonly invalid?: boolean | undefined;
}

/** More are held but not drawn: lists go up to 100,000. */
const MOST_DRAWN = 40;
/** Past this, a list is easier to work on as text. */
const TEXT_FROM = 12;

/** The members of a list: Enter or a comma adds one, a paste adds many, Backspace takes the last back. */
export function ListEditor(props: ListEditorProps): JSX.Element {
  const [typed, setTyped] = createSignal("");
  const [isText, setIsText] = createSignal(false);
  let input: HTMLInputElement | undefined;

  const add = (text: string) => {
    const fresh = membersIn(text).filter((it) => !props.members.includes(it));
    if (fresh.length > 0) props.onChange([...props.members, ...fresh]);
    setTyped("");
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add(typed());
    } else if (event.key === "Backspace" && typed() === "" && props.members.length > 0) {
      props.onChange(props.members.slice(0, -1));
    }
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\n,\t]/.test(text)) return;
    event.preventDefault();
    add(text);
  };

  return (
    <div class="flex min-w-0 flex-col gap-1">
      <Show
        when={!isText()}
        fallback={
          <textarea
            aria-label={`${props.label}, one a line`}
            rows={6}
            spellcheck={false}
            class="control max-h-[40vh] min-h-28 w-full resize-y font-mono text-code"
            value={props.members.join("\n")}
            onChange={(event) => props.onChange(membersIn(event.currentTarget.value))}
          />
        }
      >
        <div
          class="control flex max-h-40 min-w-0 flex-wrap items-center gap-1 overflow-y-auto py-1! pl-1.5!"
          data-invalid={props.invalid ? "" : undefined}
          onClick={(event) => event.target === event.currentTarget && input?.focus()}
        >
          <For each={props.members.slice(0, MOST_DRAWN)}>
            {(member) => <Tag name={member} onRemove={() => props.onChange(props.members.filter((other) => other !== member))} />}
          </For>
          <Show when={props.members.length > MOST_DRAWN}>
            <span class="px-1 text-12 text-muted">and {(props.members.length - MOST_DRAWN).toLocaleString("en")} more</span>
          </Show>
          <input
            ref={input}
            aria-label={props.label}
            aria-invalid={props.invalid ? true : undefined}
            autocomplete="off"
            spellcheck={false}
            class="min-w-20 flex-1 bg-transparent px-1 outline-none"
            placeholder={props.members.length === 0 ? "Type or paste a list…" : ""}
            value={typed()}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={keys}
            onPaste={paste}
            onBlur={() => add(typed())}
          />
        </div>
      </Show>
      <Show when={isText() || props.members.length >= TEXT_FROM}>
        <p class="flex gap-2 text-12 text-muted">
          <span class="tabular-nums">{props.members.length.toLocaleString("en")} members</span>
          <button type="button" class="text-accent hover:underline" onClick={() => setIsText(!isText())}>
            {isText() ? "Show as a list" : "Edit as text"}
          </button>
        </p>
      </Show>
    </div>
  );
}
