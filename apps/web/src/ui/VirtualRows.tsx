import { createVirtualizer } from "@tanstack/solid-virtual";
import type { Accessor, JSX } from "solid-js";
import { createEffect, createMemo, For, on, Show } from "solid-js";
import { createMedia } from "./create-media.ts";

interface VirtualRowsProps<T> {
  readonly rows: readonly T[];
  /** Unique and lasting: a row keeps its element, its focus and its movement while its data change. */
  readonly keyOf: (row: T) => string;
  /** The element that scrolls. */
  readonly scroller: () => HTMLElement | null;
  readonly columns: number;
  /** Pixels; every row is alike. @default that of `Row`: 36, and 52 under 900 px */
  readonly rowHeight?: number | undefined;
  /** Index kept in sight when it changes: the row that `j` and `k` move to. */
  readonly keepInSight?: number | undefined;
  readonly children: (row: Accessor<T>, index: Accessor<number>) => JSX.Element;
}

/** The body of a table of thousands: only the rows in sight exist, between two empty ones that hold the height. */
export function VirtualRows<T>(props: VirtualRowsProps<T>): JSX.Element {
  const isNarrow = createMedia("(width < 900px)");
  const height = () => props.rowHeight ?? (isNarrow() ? 52 : 36);
  const virtual = createVirtualizer<HTMLElement, HTMLTableRowElement>({
    get count() {
      return props.rows.length;
    },
    getScrollElement: () => props.scroller(),
    estimateSize: () => height(),
    overscan: 12,
    // Where nothing is laid out (tests), enough rows for a window.
    initialRect: { width: 1200, height: 800 },
  });
  createEffect(on(height, () => virtual.measure(), { defer: true }));
  createEffect(
    on(
      () => props.keepInSight,
      (index) => {
        if (index !== undefined && index >= 0) virtual.scrollToIndex(index, { align: "auto" });
      },
      { defer: true },
    ),
  );

  const byKey = createMemo(() => new Map(props.rows.map((row, index) => [props.keyOf(row), { row, index }])));
  const inSight = createMemo(() =>
    virtual.getVirtualItems().flatMap(({ index }) => props.rows.slice(index, index + 1).map((row) => props.keyOf(row))),
  );
  const above = () => virtual.getVirtualItems()[0]?.start ?? 0;
  const below = () => virtual.getTotalSize() - (virtual.getVirtualItems().at(-1)?.end ?? 0);

  return (
    <tbody>
      <Gap height={above()} columns={props.columns} />
      <For each={inSight()}>
        {(key) => {
          const first = byKey().get(key);
          if (!first) return null;
          // A row on its way out keeps its last data until its element is gone.
          const entry = createMemo((last: typeof first) => byKey().get(key) ?? last, first);
          /* eslint-disable solid/reactivity -- both are accessors for the caller to track */
          return props.children(
            () => entry().row,
            () => entry().index,
          );
          /* eslint-enable solid/reactivity */
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
