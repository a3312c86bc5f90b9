import { BarChart } from "./BarChart.tsx";
import type { Examples } from "./examples.ts";

const bars = Array.from({ length: 24 }, (_, hour) => ({
  label: `${String(hour).padStart(2, "0")}:00`,
  values: [Math.round(400 + 300 * Math.sin(hour / 4)), Math.round(60 + 40 * Math.cos(hour / 3))],
}));

export const examples: Examples = {
  part: "BarChart",
  about: "How much over time; a table with the same figures stands behind it.",
  examples: [
    {
      state: "two series",
      wide: true,
      draw: () => (
        <BarChart
          label="Evaluations by the hour"
          bars={bars}
          series={[
            { name: "on", colour: "var(--on)" },
            { name: "off", colour: "var(--control)" },
          ]}
        />
      ),
    },
  ],
};
