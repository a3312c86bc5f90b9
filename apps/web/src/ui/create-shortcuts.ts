import { createSignal, onCleanup } from "solid-js";

/**
 * What each key or sequence does: `"g f"` is g, then f within a second; `"mod k"` is ⌘K or Ctrl+K;
 * `"?"` is what is typed, whatever the layout.
 */
export type Shortcuts = Readonly<Record<string, () => void>>;

const SEQUENCE_MS = 1_000;
const STORE = "halyard:single-keys";

const [singleKeys, setSingleKeys] = createSignal(localStorage.getItem(STORE) !== "off");

/** Single letters can be switched off (WCAG 2.1.4); keys with ⌘ or Ctrl stay. */
export const areSingleKeysOn = singleKeys;

export function setSingleKeysOn(on: boolean): void {
  localStorage.setItem(STORE, on ? "on" : "off");
  setSingleKeys(on);
}

const TEXT_INPUTS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable='true'], [role=combobox]";

const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.closest(TEXT_INPUTS) !== null;

/** Menus and dialogs own the keyboard while they are open. */
const isCovered = (): boolean =>
  document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !== null;

/**
 * Listens on `target` for as long as the owner lives. Single letters are left alone while text is typed,
 * while a dialog or menu is open, and when they are switched off.
 */
export function createShortcuts(shortcuts: () => Shortcuts, target: EventTarget = window): void {
  let first: { readonly key: string; readonly at: number } | undefined;

  const listen = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || event.defaultPrevented || event.altKey) return;
    const all = shortcuts();
    const run = (name: string): boolean => {
      const act = all[name];
      if (!act) return false;
      event.preventDefault();
      first = undefined;
      act();
      return true;
    };

    if (event.metaKey || event.ctrlKey) {
      run(`mod ${event.key.toLowerCase()}`);
      return;
    }
    if (!singleKeys() || isTyping(event.target) || isCovered()) return;
    if (first && event.timeStamp - first.at < SEQUENCE_MS && run(`${first.key} ${event.key}`)) return;
    if (run(event.key)) return;
    first = { key: event.key, at: event.timeStamp };
  };

  target.addEventListener("keydown", listen);
  onCleanup(() => target.removeEventListener("keydown", listen));
}
