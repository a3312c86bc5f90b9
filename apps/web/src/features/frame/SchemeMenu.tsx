import Monitor from "lucide-solid/icons/monitor";
import Moon from "lucide-solid/icons/moon";
import Sun from "lucide-solid/icons/sun";
import type { JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { Scheme } from "../../lib/scheme.ts";
import { chooseScheme, SCHEMES, scheme } from "../../lib/scheme.ts";
import { Menu } from "../../ui/Menu.tsx";

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const NAMES: Record<Scheme, string> = { system: "Like the system", light: "Light", dark: "Dark" };

export function SchemeMenu(): JSX.Element {
  return (
    <Menu
      label={`Theme: ${NAMES[scheme()]}`}
      heading="Theme"
      triggerClass="grid size-7 place-items-center rounded-2 text-muted hover:bg-hover hover:text-ink max-desk:size-11"
      trigger={<Dynamic component={ICONS[scheme()]} size={16} aria-hidden="true" />}
      groups={[
        SCHEMES.map((name) => ({
          label: NAMES[name],
          icon: <Dynamic component={ICONS[name]} size={14} />,
          checked: scheme() === name,
          onSelect: () => chooseScheme(name),
        })),
      ]}
    />
  );
}
