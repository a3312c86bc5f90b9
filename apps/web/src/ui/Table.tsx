import ArrowDown from "lucide-solid/icons/arrow-down";
import ArrowUp from "lucide-solid/icons/arrow-up";
import type { JSX } from "solid-js";
import { children, Show, splitProps } from "solid-js";
import { cx } from "./cx.ts";

interface TableProps {
  /** What the table lists; read aloud before it. */
  readonly label: string;
  readonly class?: string | undefined;
  readonly children: JSX.Element;
}

export function Table(props: TableProps): JSX.Element {
  return (
    <table class={cx("w-full border-separate border-spacing-0 text-left tabular-nums", props.class)}>
      <caption class="sr-only">{props.label}</caption>
      {props.children}
    </table>
  );
}

/** The row of headers; stays in sight while the list scrolls. */
export function TableHead(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <thead class="sticky top-0 z-10 bg-bg">
      <tr>{props.children}</tr>
    </thead>
  );
}

export type SortOrder = "ascending" | "descending";

interface HeaderProps {
  readonly children?: JSX.Element;
  /** Its order if the list is sorted by it; giving `onSort` makes it a button. */
  readonly sorted?: SortOrder | undefined;
  readonly onSort?: (() => void) | undefined;
  readonly align?: "right" | undefined;
  /** Read aloud only: for columns of switches or menus. */
  readonly hidden?: boolean | undefined;
  readonly class?: string | undefined;
}

export function Header(props: HeaderProps): JSX.Element {
  const label = children(() => props.children);

  return (
    <th
      scope="col"
      aria-sort={props.onSort ? (props.sorted ?? "none") : undefined}
      class={cx(
        "h-8 border-b border-line px-2 text-12 font-medium whitespace-nowrap text-faint first:pl-4 last:pr-4",
        props.align === "right" && "text-right",
        props.class,
      )}
    >
      <Show when={props.onSort} fallback={<span class={props.hidden ? "sr-only" : ""}>{label()}</span>}>
        {(sort) => (
          <button
            type="button"
            class="-mx-1 inline-flex items-center gap-1 rounded-1 px-1 py-0.5 hover:text-ink"
            onClick={() => sort()()}
          >
            {label()}
            <span class="inline-grid size-3 place-items-center" aria-hidden="true">
              <Show when={props.sorted}>
                {(order) => (order() === "ascending" ? <ArrowUp size={12} /> : <ArrowDown size={12} />)}
              </Show>
            </span>
          </button>
        )}
      </Show>
    </th>
  );
}

interface RowProps extends Omit<JSX.HTMLAttributes<HTMLTableRowElement>, "class"> {
  readonly selected?: boolean | undefined;
  /** Lowered, archived: present but quiet. */
  readonly quiet?: boolean | undefined;
  readonly class?: string | undefined;
}

/** 36 px; 52 under 900 px, where a row holds two lines. */
export function Row(props: RowProps): JSX.Element {
  const [own, rest] = splitProps(props, ["selected", "quiet", "class"]);
  return (
    <tr
      {...rest}
      aria-selected={own.selected}
      class={cx(
        "group h-[var(--row)] -outline-offset-2 transition-colors duration-[120ms] max-desk:h-13",
        own.selected ? "bg-accent-soft" : "hover:bg-hover",
        own.quiet && "text-muted",
        own.class,
      )}
    />
  );
}

interface CellProps extends Omit<JSX.TdHTMLAttributes<HTMLTableCellElement>, "class" | "align"> {
  readonly align?: "right" | undefined;
  readonly class?: string | undefined;
}

export function Cell(props: CellProps): JSX.Element {
  const [own, rest] = splitProps(props, ["align", "class"]);
  return (
    <td
      {...rest}
      class={cx("border-b border-line px-2 first:pl-4 last:pr-4", own.align === "right" && "text-right", own.class)}
    />
  );
}
