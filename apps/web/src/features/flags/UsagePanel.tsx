import { useSearchParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import type { Place } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { BarChart } from "../../ui/BarChart.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Section } from "../../ui/Page.tsx";
import { Select } from "../../ui/Select.tsx";
import { EmptyState } from "../../ui/states.tsx";
import type { UsageBucket } from "./usage.ts";
import { shareSentence } from "./usage.ts";

const PERIODS = [
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
] as const;

const SERIES = [
  { name: "on", colour: "var(--on)" },
  { name: "off, or not told", colour: "var(--control)" },
] as const;

const REFRESH_MS = 60_000;
const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayAndHour = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });

/** How often programs read the flag, and what they read. */
export function UsagePanel(props: { readonly flag: string; readonly place: Place }): JSX.Element {
  const [search, setSearch] = useSearchParams<{ period?: string }>();
  const period = () => PERIODS.find(({ value }) => value === search.period)?.value ?? "24h";
  const usage = createApiQuery(() => ({
    path: "usage.flag",
    input: { ...inputOf(props.place), flag: props.flag, period: period() },
    everyMs: REFRESH_MS,
  }));
  const buckets = () => usage.data?.buckets ?? [];
  const isRead = () => buckets().some(({ on, off }) => on + off > 0);
  const labelOf = ({ at }: UsageBucket) => (period() === "24h" ? hour : dayAndHour).format(new Date(at));

  return (
    <Section
      title="Evaluations"
      about="As SDKs report them, a few seconds after they happen."
      actions={
        <Select
          label="Period"
          hideLabel
          class="w-32"
          choices={PERIODS}
          value={period()}
          onChange={(value) => setSearch({ period: value === "24h" ? undefined : value })}
        />
      }
    >
      <ListState
        kind={listKind(usage, { count: buckets().length })}
        what="evaluations"
        error={errorMessage(usage.error)}
        staleSince={staleSince(usage)}
        onRetry={usage.refetch}
        empty={null}
      >
        <Show
          when={isRead()}
          fallback={
            <EmptyState
              title="Nobody has read it in this time"
              about="Flagsmith clients with analytics on and servers with @halyard/sdk report what they read. A flag that nobody reads may be ready to go."
            />
          }
        >
          <p class="mb-3">{shareSentence(buckets())}</p>
          <BarChart
            label={`Evaluations of ${props.flag}`}
            series={SERIES}
            bars={buckets().map((bucket) => ({ label: labelOf(bucket), values: [bucket.on, bucket.off] }))}
          />
        </Show>
      </ListState>
    </Section>
  );
}
