import ChevronDown from "lucide-solid/icons/chevron-down";
import type { JSX } from "solid-js";
import { buttonClass } from "./Button.tsx";
import { cx } from "./cx.ts";
import type { MenuItem } from "./Menu.tsx";
import { Menu } from "./Menu.tsx";

interface FilterMenuProps {
  /** What is chosen. */
  readonly label: string;
  readonly name: string;
  readonly active: boolean;
  readonly items: readonly MenuItem[];
}

/** One filter of a list: its button says what is chosen. */
export function FilterMenu(props: FilterMenuProps): JSX.Element {
  return (
    <Menu
      label={`${props.name}: ${props.label}`}
      heading={props.name}
      triggerClass={cx(buttonClass("quiet", "medium"), "max-w-56 px-2!", props.active && "bg-accent-soft! text-accent!")}
      trigger={
        <>
          <span class="truncate">{props.label}</span>
          <ChevronDown size={14} aria-hidden="true" class="shrink-0" />
        </>
      }
      groups={[props.items]}
    />
  );
}
