import { useNavigate } from "@solidjs/router";
import ChevronsUpDown from "lucide-solid/icons/chevrons-up-down";
import type { JSX } from "solid-js";
import { Avatar } from "../../ui/Avatar.tsx";
import { Menu } from "../../ui/Menu.tsx";

/** An organisation or project one can go to. */
export interface SwitchTarget {
  readonly slug: string;
  readonly name: string;
  readonly href: string;
}

interface SwitcherProps {
  /** "Organisation", "Project". */
  readonly what: string;
  readonly targets: readonly SwitchTarget[];
  readonly current: string;
  /** Last line of the menu: "New project". */
  readonly create?: { readonly label: string; readonly href: string } | undefined;
  readonly strong?: boolean | undefined;
}

export function Switcher(props: SwitcherProps): JSX.Element {
  const navigate = useNavigate();
  const name = () => props.targets.find((target) => target.slug === props.current)?.name ?? props.current;
  const groups = () => {
    const targets = props.targets.map((target) => ({
      label: target.name,
      checked: target.slug === props.current,
      onSelect: () => navigate(target.href),
    }));
    const create = props.create;
    return create ? [targets, [{ label: create.label, onSelect: () => navigate(create.href) }]] : [targets];
  };

  return (
    <Menu
      heading={props.what}
      label={`${props.what}: ${name()}`}
      triggerClass="group flex h-8 w-full min-w-0 items-center gap-2 rounded-2 px-2 text-left -outline-offset-1 hover:bg-hover max-desk:h-11"
      trigger={
        <>
          <span aria-hidden="true" class="inline-flex">
            <Avatar name={name()} square />
          </span>
          <span class={props.strong ? "min-w-0 flex-1 truncate font-semibold" : "min-w-0 flex-1 truncate"}>{name()}</span>
          <ChevronsUpDown size={14} class="text-faint" aria-hidden="true" />
        </>
      }
      groups={groups()}
    />
  );
}
