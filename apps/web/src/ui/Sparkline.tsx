import type { JSX } from "solid-js";

interface SparklineProps {
  /** Oldest first. */
  readonly values: readonly number[];
  /** Read aloud: "1,204 evaluations in 24 hours". */
  readonly label: string;
}

const WIDTH = 72;
const HEIGHT = 18;

/** A day at a glance, one bar an hour; the numbers belong in a table elsewhere. */
export function Sparkline(props: SparklineProps): JSX.Element {
  const most = () => Math.max(1, ...props.values);
  const step = () => WIDTH / Math.max(1, props.values.length);
  const path = () =>
    props.values
      .map((value, index) => {
        const height = value === 0 ? 1 : Math.max(2, (value / most()) * HEIGHT);
        return `M${(index + 0.5) * step()} ${HEIGHT}v${-height}`;
      })
      .join("");

  return (
    <svg
      role="img"
      aria-label={props.label}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      class={props.values.some((value) => value > 0) ? "text-control" : "text-line"}
    >
      <path d={path()} stroke="currentColor" stroke-width={Math.max(1, step() - 1)} fill="none" />
    </svg>
  );
}
