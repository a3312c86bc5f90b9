import { useParams, useSearchParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Switch as Choose, Match, Show } from "solid-js";
import { errorMessage, toErrorBody } from "../../lib/errors.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { SplitPage } from "../../ui/Page.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { NotFoundPage } from "../frame/index.ts";
import { History } from "../history/index.ts";
import { createEnvironments, QuestionDialog } from "../shell/index.ts";
import { EveryoneElse } from "./EveryoneElse.tsx";
import { FlagHeader } from "./FlagHeader.tsx";
import { FlagSettings } from "./FlagSettings.tsx";
import { FlagsmithNotice } from "./FlagsmithNotice.tsx";
import type { FlagDetail } from "./flag.ts";
import { IdentityRules } from "./IdentityRules.tsx";
import { Prerequisites } from "./Prerequisites.tsx";
import { SegmentRules } from "./SegmentRules.tsx";
import { TestPanel } from "./TestPanel.tsx";
import { UsagePanel } from "./UsagePanel.tsx";
import { createFlagSwitch } from "./use-flag-switch.ts";
import { createFlagWrites } from "./use-flag-writes.ts";
import { WriteDialogs } from "./WriteDialogs.tsx";

const TABS = ["rules", "usage", "history", "settings"] as const;

/** One flag in one environment. */
export function FlagPage(): JSX.Element {
  const params = useParams<{ flag: string }>();
  const place = usePlace();
  const query = createApiQuery(() => ({
    path: "flags.get",
    input: { ...inputOf(place()), flag: params.flag },
  }));
  /** Another environment's answer may stay while its own is loaded; another flag's may not. */
  const flag = () => (query.data?.key === params.flag ? query.data : undefined);

  return (
    <Choose>
      <Match when={query.error !== undefined && toErrorBody(query.error).code === "not_found"}>
        <NotFoundPage />
      </Match>
      <Match when={flag()}>{(it) => <Loaded flag={it()} isOld={query.isPrevious} />}</Match>
      <Match when={query.error !== undefined}>
        <ErrorState title="The flag could not be loaded" message={errorMessage(query.error)} onRetry={query.refetch} />
      </Match>
      <Match when={query.isFetching}>
        <Skeleton label="Loading the flag" />
      </Match>
    </Choose>
  );
}

function Loaded(props: { readonly flag: FlagDetail; readonly isOld: boolean }) {
  const place = usePlace();
  const environments = createEnvironments(place);
  const [search, setSearch] = useSearchParams<{ tab?: string }>();
  const switching = createFlagSwitch(place, environments.current);
  const writes = createFlagWrites(() => ({ ...place(), flag: props.flag.key }), environments.current);
  const tab = () => TABS.find((name) => name === search.tab) ?? "rules";
  const parts = () => ({ flag: props.flag, place: place(), writes });

  return (
    <>
      <SplitPage panelTitle="Test a context" panel={<TestPanel flag={props.flag} place={place()} />}>
        <FlagHeader flag={props.flag} place={place()} environment={environments.current()} switching={switching} />
        <div class={props.isOld ? "pointer-events-none opacity-60 transition-opacity" : ""}>
          <Tabs
            label="Flag"
            value={tab()}
            onChange={(name) => setSearch({ tab: name === "rules" ? undefined : name })}
            tabs={[
              {
                value: "rules",
                label: "Rules",
                panel: () => (
                  // Drafts belong to one environment: another one starts anew.
                  <Show when={`${props.flag.environment}/${props.flag.key}`} keyed>
                    {(_here) => (
                      <fieldset disabled={props.flag.archivedAt !== null} class="flex min-w-0 flex-col gap-4">
                        <legend class="sr-only">Rules</legend>
                        <IdentityRules {...parts()} />
                        <SegmentRules {...parts()} />
                        <EveryoneElse {...parts()} />
                        <Prerequisites {...parts()} />
                        <FlagsmithNotice flag={props.flag} />
                      </fieldset>
                    )}
                  </Show>
                ),
              },
              { value: "usage", label: "Usage", panel: () => <UsagePanel flag={props.flag.key} place={place()} /> },
              {
                value: "history",
                label: "History",
                panel: () => (
                  <div class="-mx-4 -mt-4">
                    <History place={place()} subject={`flag:${props.flag.key}`} />
                  </div>
                ),
              },
              { value: "settings", label: "Settings", panel: () => <FlagSettings flag={props.flag} place={place()} /> },
            ]}
          />
        </div>
      </SplitPage>
      <QuestionDialog questions={switching.questions} />
      <WriteDialogs writes={writes} />
    </>
  );
}
