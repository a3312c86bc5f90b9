import { DropdownMenu } from "@kobalte/core/dropdown-menu";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { cx } from "./cx.ts";
import { KeyHint } from "./KeyHint.tsx";

export interface MenuItem {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly icon?: JSX.Element;
  readonly keys?: string | undefined;
  readonly danger?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Draws a tick; for menus that choose. */
  readonly checked?: boolean | undefined;
  readonly onSelect: () => void;
}

interface MenuProps {
  /** What the trigger shows; it is the inside of a button. */
  readonly trigger: JSX.Element;
  readonly triggerClass?: string | undefined;
  /** The trigger's name when it shows no words. */
  readonly label?: string | undefined;
  /** Groups are parted by a line. */
  readonly groups: readonly (readonly MenuItem[])[];
  readonly heading?: string | undefined;
}

export function Menu(props: MenuProps): JSX.Element {
  return (
    <DropdownMenu gutter={4} placement="bottom-start" modal={false}>
      <DropdownMenu.Trigger class={props.triggerClass ?? ""} aria-label={props.label}>
        {props.trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="floating min-w-48 max-w-80">
          <Show when={props.heading}>
            <p class="px-2 pt-1 pb-1.5 text-12 text-faint">{props.heading}</p>
          </Show>
          <For each={props.groups}>
            {(group, index) => (
              <>
                <Show when={index() > 0}>
                  <DropdownMenu.Separator class="my-1 border-line" />
                </Show>
                <For each={group}>{(item) => <Row item={item} />}</For>
              </>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

function Row(props: { readonly item: MenuItem }) {
  return (
    <DropdownMenu.Item
      class={cx("choice", props.item.danger && "text-danger data-[highlighted]:bg-danger-soft!")}
      disabled={props.item.disabled ?? false}
      onSelect={() => props.item.onSelect()}
    >
      <span class="text-faint empty:hidden" aria-hidden="true">
        {props.item.icon}
      </span>
      <span class="min-w-0 flex-1">
        <span class="block truncate">{props.item.label}</span>
        <Show when={props.item.hint}>
          <span class="block text-12 text-muted">{props.item.hint}</span>
        </Show>
      </span>
      <Show when={props.item.keys}>{(keys) => <KeyHint keys={keys()} />}</Show>
      <Show when={props.item.checked}>
        <span class="text-accent">
          <span class="sr-only">chosen</span>✓
        </span>
      </Show>
    </DropdownMenu.Item>
  );
}
