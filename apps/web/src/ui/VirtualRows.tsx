import { createVirtualizer } from "@tanstack/solid-virtual";
import type { JSX } from "solid-js";
import { createEffect, For, on, Show } from "solid-js";

interface VirtualRowsProps<T> {
  readonly rows: readonly T[];
  /** The element that scrolls. */
  readonly scroller: () => HTMLElement | null;
  readonly columns: number;
  /** Pixels; every row is alike. @default 36 */
  readonly rowHeight?: number | undefined;
  /** Kept in sight when it changes: the row that `j` and `k` move to. */
  readonly keepInSight?: number | undefined;
  readonly children: (row: T, index: number) => JSX.Element;
}

/** The body of a table of thousands: only the rows in sight exist, between two empty ones that hold the height. */
export function VirtualRows<T>(props: VirtualRowsProps<T>): JSX.Element {
  const virtual = createVirtualizer<HTMLElement, HTMLTableRowElement>({
    get count() {
      return props.rows.length;
    },
    getScrollElement: () => props.scroller(),
    estimateSize: () => props.rowHeight ?? 36,
    overscan: 12,
    // Where nothing is laid out (tests), enough rows for a window.
    initialRect: { width: 1200, height: 800 },
  });

  createEffect(
    on(
      () => props.keepInSight,
      (index) => {
        if (index !== undefined && index >= 0) virtual.scrollToIndex(index, { align: "auto" });
      },
      { defer: true },
    ),
  );

  const above = () => virtual.getVirtualItems()[0]?.start ?? 0;
  const below = () => virtual.getTotalSize() - (virtual.getVirtualItems().at(-1)?.end ?? 0);

  return (
    <tbody>
      <Gap height={above()} columns={props.columns} />
      <For each={virtual.getVirtualItems()}>
        {(item) => {
          const row = () => props.rows[item.index];
          return <Show when={row()}>{(present) => props.children(present(), item.index)}</Show>;
        }}
      </For>
      <Gap height={below()} columns={props.columns} />
    </tbody>
  );
}

function Gap(props: { readonly height: number; readonly columns: number }) {
  return (
    <Show when={props.height > 0}>
      <tr aria-hidden="true">
        <td colSpan={props.columns} style={{ height: `${props.height}px` }} />
      </tr>
    </Show>
  );
}
