import { createSignal } from "solid-js";
import type { Examples } from "./examples.ts";
import { Tabs } from "./Tabs.tsx";

const Sides = () => {
  const [value, setValue] = createSignal<"rules" | "usage" | "history">("rules");
  return (
    <Tabs
      label="Sides of new-checkout"
      value={value()}
      onChange={setValue}
      tabs={[
        { value: "rules", label: "Rules", count: 3, panel: () => <p>On for 30 % of plan = pro; off for everyone else.</p> },
        { value: "usage", label: "Usage", panel: () => <p>1,204 evaluations in 24 hours.</p> },
        { value: "history", label: "History", panel: () => <p>v812, 5 minutes ago.</p> },
      ]}
    />
  );
};

export const examples: Examples = {
  part: "Tabs",
  about: "Sides of one thing; the chosen one is in the address.",
  examples: [{ state: "three sides", wide: true, draw: () => <Sides /> }],
};
