import { LIMITS } from "@halyard/contracts";
import type { JSX } from "solid-js";
import { createMemo, createSignal, For, Show } from "solid-js";
import { Tag } from "../../ui/Chip.tsx";
import { ListFile } from "./ListFile.tsx";
import { membersIn } from "./operators.ts";

interface ListEditorProps {
  readonly label: string;
  readonly members: readonly string[];
  readonly onChange: (members: readonly string[]) => void;
  readonly invalid?: boolean | undefined;
}

/** More are held but not drawn: lists go up to 100,000. */
const MOST_DRAWN = 40;
/** Past this, a list is easier to work on as text; past the other, no box of text holds it well. */
const TEXT_FROM = 12;
const TEXT_TO = 5_000;

const number = new Intl.NumberFormat("en");

/** The members of a list: Enter or a comma adds one, a paste adds many, Backspace takes the last back. */
export function ListEditor(props: ListEditorProps): JSX.Element {
  const [typed, setTyped] = createSignal("");
  const [isText, setIsText] = createSignal(false);
  let input: HTMLInputElement | undefined;

  const all = createMemo(() => new Set(props.members));
  const isLong = () => props.members.length > MOST_DRAWN;
  /** In a long list, what is typed also finds. */
  const found = createMemo(() => {
    const text = typed().trim().toLowerCase();
    return isLong() && text !== "" ? props.members.filter((it) => it.toLowerCase().includes(text)) : props.members;
  });
  const tooMany = () => props.members.length > LIMITS.listItems;

  const add = (text: string) => {
    const fresh = membersIn(text).filter((it) => !all().has(it));
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
          <For each={found().slice(0, MOST_DRAWN)}>
            {(member) => <Tag name={member} onRemove={() => props.onChange(props.members.filter((other) => other !== member))} />}
          </For>
          <Show when={found().length > MOST_DRAWN}>
            <span class="px-1 text-12 text-muted">and {number.format(found().length - MOST_DRAWN)} more</span>
          </Show>
          <Show when={found().length === 0 && props.members.length > 0}>
            <span class="px-1 text-12 text-muted">Not in the list; Enter adds it.</span>
          </Show>
          <input
            ref={input}
            aria-label={props.label}
            aria-invalid={props.invalid ? true : undefined}
            autocomplete="off"
            spellcheck={false}
            class="min-w-20 flex-1 bg-transparent px-1 outline-none"
            placeholder={props.members.length === 0 ? "Type or paste a list…" : isLong() ? "Find or add…" : ""}
            value={typed()}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={keys}
            onPaste={paste}
            onBlur={() => !isLong() && add(typed())}
          />
        </div>
      </Show>
      <p class="flex flex-wrap items-center gap-x-3 text-12 text-muted">
        <Show when={props.members.length >= TEXT_FROM}>
          <span class="tabular-nums">{number.format(props.members.length)} members</span>
        </Show>
        <Show when={isText() || (props.members.length >= TEXT_FROM && props.members.length <= TEXT_TO)}>
          <button type="button" class="text-accent hover:underline max-desk:min-h-11" onClick={() => setIsText(!isText())}>
            {isText() ? "Show as a list" : "Edit as text"}
          </button>
        </Show>
        <ListFile label={`${props.label}: add from a file`} onText={add} />
      </p>
      <Show when={tooMany()}>
        <p role="alert" class="text-12 text-danger">
          A list holds at most {number.format(LIMITS.listItems)} members; take some away.
        </p>
      </Show>
    </div>
  );
}
