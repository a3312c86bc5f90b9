import type { Examples } from "./examples.ts";
import { Meter, WeightBar } from "./Meter.tsx";
import { Sparkline } from "./Sparkline.tsx";

export const examples: Examples = {
  part: "Meter",
  about: "Shares and progress; every colour has its word beside it.",
  examples: [
    { state: "confirming", draw: () => <Meter label="Clients that have v812" value={26} max={34} text="26 of 34" /> },
    { state: "all", draw: () => <Meter label="Clients that have v812, all" value={34} max={34} text="34 of 34" /> },
    {
      state: "a day",
      draw: () => (
        <Sparkline
          label="Evaluations in 24 hours"
          values={[3, 2, 1, 0, 0, 1, 4, 9, 14, 18, 17, 16, 15, 17, 19, 20, 18, 14, 11, 9, 8, 7, 5, 4]}
        />
      ),
    },
    {
      state: "two variants, rest to control",
      wide: true,
      draw: () => (
        <WeightBar
          weights={[
            { label: "one-page", weight: 30 },
            { label: "two-step", weight: 20 },
          ]}
          rest="classic"
        />
      ),
    },
    {
      state: "five variants",
      wide: true,
      draw: () => <WeightBar weights={["a", "b", "c", "d", "e"].map((label) => ({ label, weight: 20 }))} />,
    },
    { state: "a thin share", wide: true, draw: () => <WeightBar weights={[{ label: "canary", weight: 0.5 }]} rest="control" /> },
  ],
};
