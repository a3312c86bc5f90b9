import Copy from "lucide-solid/icons/copy";
import Ellipsis from "lucide-solid/icons/ellipsis";
import Trash from "lucide-solid/icons/trash";
import { createSignal } from "solid-js";
import { Button, buttonClass } from "./Button.tsx";
import type { Examples } from "./examples.ts";
import { Menu } from "./Menu.tsx";
import { Palette } from "./Palette.tsx";

const nothing = () => undefined;

const Commands = () => {
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open the palette</Button>
      <Palette
        open={open()}
        onClose={() => setOpen(false)}
        items={[
          { id: "1", group: "Go to", label: "Flags", keys: "g f", onSelect: nothing },
          { id: "2", group: "Go to", label: "Segments", keys: "g s", onSelect: nothing },
          { id: "3", group: "Flags", label: "new-checkout", hint: "On for 30 %", onSelect: nothing },
          { id: "4", group: "Flags", label: "newsletter-banner", hint: "Off", onSelect: nothing },
        ]}
      />
    </>
  );
};

export const examples: Examples = {
  part: "Menu",
  about: "Acts on one thing, and the palette for everything.",
  examples: [
    {
      state: "acts",
      draw: () => (
        <Menu
          label="More about new-checkout"
          trigger={<Ellipsis size={16} />}
          triggerClass={buttonClass("quiet", "small")}
          groups={[
            [
              { label: "Copy key", icon: <Copy size={14} />, keys: "y", onSelect: nothing },
              { label: "Compare environments", onSelect: nothing },
            ],
            [{ label: "Delete flag…", icon: <Trash size={14} />, danger: true, onSelect: nothing }],
          ]}
        />
      ),
    },
    { state: "palette", draw: () => <Commands /> },
  ],
};
