import type { Examples } from "./examples.ts";
import { SaveBar } from "./SaveBar.tsx";

const nothing = () => undefined;

export const examples: Examples = {
  part: "SaveBar",
  about: "Stays at the foot of a form while something is not saved, and says what saving does.",
  examples: [
    {
      state: "changed",
      wide: true,
      draw: () => (
        <SaveBar shown busy={false} about="Saving makes v4 for every environment." onSave={nothing} onDiscard={nothing} />
      ),
    },
    {
      state: "saving",
      wide: true,
      draw: () => <SaveBar shown busy about="Saving makes v4 for every environment." onSave={nothing} onDiscard={nothing} />,
    },
  ],
};
