import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";
import { createShortcuts } from "../../ui/create-shortcuts.ts";
import type { FlagSummary } from "./flag.ts";

interface RowKeysOptions {
  readonly rows: Accessor<readonly FlagSummary[]>;
  readonly onToggle: (flag: FlagSummary) => void;
  readonly onOpen: (flag: FlagSummary) => void;
}

/** `j k` move between rows, `x t e` act on the one that has the focus. */
export function createRowKeys({ rows, onToggle, onOpen }: RowKeysOptions) {
  const [current, setCurrent] = createSignal(0);
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());

  const focusedKey = () => document.activeElement?.closest("tr[data-key]")?.getAttribute("data-key") ?? undefined;
  const focused = () => rows().find(({ key }) => key === focusedKey());
  const withFocused = (act: (flag: FlagSummary) => void) => () => {
    const flag = focused();
    if (flag) act(flag);
  };
  const move = (by: number) => {
    const next = focused() ? Math.min(Math.max(current() + by, 0), rows().length - 1) : current();
    setCurrent(next);
    // A row that was out of sight exists only after the list has moved to it.
    requestAnimationFrame(() => {
      const key = rows()[next]?.key;
      if (key !== undefined) document.querySelector<HTMLElement>(`tr[data-key="${CSS.escape(key)}"]`)?.focus();
    });
  };
  const toggleSelected = ({ key }: FlagSummary) =>
    setSelected((keys) => new Set(keys.has(key) ? [...keys].filter((other) => other !== key) : [...keys, key]));

  createShortcuts(() => ({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: withFocused(() => move(1)),
    ArrowUp: withFocused(() => move(-1)),
    x: withFocused(toggleSelected),
    t: withFocused(onToggle),
    e: withFocused(onOpen),
  }));

  return {
    current,
    setCurrent,
    isSelected: (key: string) => selected().has(key),
    /** Only what is still listed. */
    selection: () => rows().filter(({ key }) => selected().has(key)),
    clearSelection: () => setSelected(new Set<string>()),
  };
}
