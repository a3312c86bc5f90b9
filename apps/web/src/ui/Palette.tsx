import { Dialog as Kobalte } from "@kobalte/core/dialog";
import CornerDownLeft from "lucide-solid/icons/corner-down-left";
import Search from "lucide-solid/icons/search";
import type { JSX } from "solid-js";
import { createEffect, createMemo, createSignal, createUniqueId, For, on, onMount, Show } from "solid-js";
import { KeyHint } from "./KeyHint.tsx";
import { rank } from "./rank.ts";

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  /** Heading it stands under: "Go to", "Flags". */
  readonly group: string;
  readonly hint?: string | undefined;
  readonly icon?: JSX.Element;
  readonly keys?: string | undefined;
  /** Found by these words too. */
  readonly words?: string | undefined;
  readonly onSelect: () => void;
}

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly items: readonly PaletteItem[];
  /** Told what is typed, for items that the server must find. */
  readonly onQuery?: ((query: string) => void) | undefined;
}

/** Drawn at once; the rest is found by typing. */
const MOST = 60;

/** ⌘K: everything by name. */
export function Palette(props: PaletteProps): JSX.Element {
  return (
    <Kobalte open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="fixed inset-0 z-50 animate-appear bg-shade" />
        <Kobalte.Content class="fixed top-[12vh] left-1/2 z-50 flex max-h-[70vh] w-[calc(100vw-16px)] max-w-150 -translate-x-1/2 animate-appear flex-col overflow-hidden rounded-3 bg-surface shadow-lift outline-none max-desk:top-2">
          <Kobalte.Title class="sr-only">Search and commands</Kobalte.Title>
          <PaletteBody {...props} />
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}

function PaletteBody(props: PaletteProps) {
  const id = createUniqueId();
  let input: HTMLInputElement | undefined;
  const [query, setQuery] = createSignal("");
  const [active, setActive] = createSignal(0);

  const found = createMemo(() => {
    const ranked = rank(props.items, query(), (item) => `${item.label} ${item.hint ?? ""} ${item.words ?? ""}`).slice(0, MOST);
    // Groups stay whole, the one with the best match first.
    const groups = [...new Set(ranked.map((item) => item.group))];
    return groups.flatMap((group) => ranked.filter((item) => item.group === group));
  });
  createEffect(on(found, () => setActive(0)));
  // At once: the letters typed right after the shortcut belong here. A dialog alone moves the focus a moment later.
  onMount(() => input?.focus());

  const choose = (item: PaletteItem | undefined) => {
    if (!item) return;
    props.onClose();
    item.onSelect();
  };
  const move = (by: number) => {
    if (found().length === 0) return;
    const next = (active() + by + found().length) % found().length;
    setActive(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => choose(found()[active()]),
  };

  return (
    <>
      <div class="flex h-12 shrink-0 items-center gap-2.5 border-b border-line px-4">
        <Search size={16} class="text-faint" aria-hidden="true" />
        <input
          ref={input}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found().length > 0 ? `${id}-${active()}` : undefined}
          aria-label="Search and commands"
          placeholder="Search or jump to…"
          spellcheck={false}
          autocomplete="off"
          class="h-full min-w-0 flex-1 bg-transparent text-14 outline-none max-desk:text-16"
          value={query()}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            props.onQuery?.(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            const act = keys[event.key];
            if (!act || event.isComposing) return;
            event.preventDefault();
            act();
          }}
        />
        <KeyHint keys="escape" />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Found" class="min-h-0 overflow-y-auto p-1">
        <For each={found()}>
          {(item, index) => (
            <>
              <Show when={found()[index() - 1]?.group !== item.group}>
                <p class="px-3 pt-2 pb-1 text-12 text-faint" role="presentation">
                  {item.group}
                </p>
              </Show>
              <div
                id={`${id}-${index()}`}
                role="option"
                aria-selected={active() === index()}
                data-active={active() === index()}
                class="choice min-h-9! px-3!"
                onPointerMove={() => setActive(index())}
                onClick={() => choose(item)}
              >
                <span class="text-faint empty:hidden" aria-hidden="true">
                  {item.icon}
                </span>
                <span class="truncate">{item.label}</span>
                <span class="min-w-0 flex-1 truncate text-12 text-faint">{item.hint}</span>
                <Show when={item.keys}>{(hint) => <KeyHint keys={hint()} />}</Show>
                <Show when={active() === index()}>
                  <CornerDownLeft size={14} class="text-faint" aria-hidden="true" />
                </Show>
              </div>
            </>
          )}
        </For>
      </div>
      <Show when={found().length === 0}>
        <p class="px-4 py-8 text-center text-muted" role="status">
          Nothing is called “{query()}”.
        </p>
      </Show>
    </>
  );
}
