import type { Accessor, JSX } from "solid-js";
import { createSignal } from "solid-js";

const MINUTE_MS = 60_000;
const STEPS = [
  { unit: "year", ms: 365 * 24 * 60 * MINUTE_MS },
  { unit: "month", ms: 30 * 24 * 60 * MINUTE_MS },
  { unit: "day", ms: 24 * 60 * MINUTE_MS },
  { unit: "hour", ms: 60 * MINUTE_MS },
  { unit: "minute", ms: MINUTE_MS },
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const local = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });

/** "5 min ago", "in 2 h", "yesterday", "just now" within a minute. */
export function timeAgo(at: Date, nowMs: number): string {
  const distance = at.getTime() - nowMs;
  const step = STEPS.find(({ ms }) => Math.abs(distance) >= ms);
  if (!step) return "just now";
  return relative
    .format(Math.trunc(distance / step.ms), step.unit)
    .replace("hr.", "h")
    .replace(".", "");
}

/** The instant in the viewer's zone and in UTC. */
export const exactTime = (at: Date): string => `${local.format(at)}\n${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;

// One clock for all rows: thousands of times on a page need one timer, not thousands.
const [tick, setTick] = createSignal(0);
let ticking: ReturnType<typeof setInterval> | undefined;

function clock(): number {
  ticking ??= setInterval(() => setTick((count) => count + 1), MINUTE_MS / 2);
  tick();
  return Date.now();
}

interface RelativeTimeProps {
  readonly at: Date | string;
  /** For pages that show a past instant, and tests. @default the browser's clock */
  readonly now?: Accessor<number> | undefined;
  readonly class?: string | undefined;
}

/** How long ago, kept up to date; the exact instant, with UTC, on hover. */
export function RelativeTime(props: RelativeTimeProps): JSX.Element {
  const at = () => new Date(props.at);
  return (
    <time datetime={at().toISOString()} title={exactTime(at())} class={props.class ?? "whitespace-nowrap text-muted"}>
      {timeAgo(at(), (props.now ?? clock)())}
    </time>
  );
}
