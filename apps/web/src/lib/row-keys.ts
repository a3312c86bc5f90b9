/** `j` and `k` or the arrows move between rows that can be focused, Enter and `e` open the focused one. */
export function rowKeys(event: KeyboardEvent, open: () => void): void {
  const row = event.currentTarget;
  // Keys typed into something inside the row are its own.
  if (!(row instanceof HTMLElement) || event.target !== row || event.metaKey || event.ctrlKey || event.altKey) return;
  const acts: Record<string, () => void> = {
    Enter: open,
    e: open,
    j: () => focus(row.nextElementSibling),
    ArrowDown: () => focus(row.nextElementSibling),
    k: () => focus(row.previousElementSibling),
    ArrowUp: () => focus(row.previousElementSibling),
  };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function focus(row: Element | null): void {
  if (row instanceof HTMLElement) row.focus();
}
