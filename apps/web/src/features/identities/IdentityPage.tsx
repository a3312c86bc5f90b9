import { A, useParams } from "@solidjs/router";
import ArrowLeft from "lucide-solid/icons/arrow-left";
import Ellipsis from "lucide-solid/icons/ellipsis";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { PageHeader, SplitPage } from "../../ui/Page.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { ForgetIdentity } from "./ForgetIdentity.tsx";
import { MemberOf } from "./MemberOf.tsx";
import { Outcomes } from "./Outcomes.tsx";
import { Traits } from "./Traits.tsx";

export function IdentityPage(): JSX.Element {
  const place = usePlace();
  const params = useParams();
  const [isForgetting, setForgetting] = createSignal(false);
  // The router hands a segment over as it was written in the address.
  const identifier = () => decode(params.identifier ?? "");
  const identity = createApiQuery(() => ({
    path: "identities.get",
    input: { ...inputOf(place()), identifier: identifier() },
    keep: false,
  }));
  const loaded = () => (identity.data?.identifier === identifier() ? identity.data : undefined);

  return (
    <ListState
      kind={listKind(identity, { count: loaded() ? 1 : 0 })}
      what="identity's answers"
      empty={null}
      error={errorMessage(identity.error)}
      staleSince={staleSince(identity)}
      onRetry={identity.refetch}
    >
      <Show when={loaded()}>
        {(it) => (
          <>
            <PageHeader
              before={
                <A
                  href={placePath({ ...place(), page: "identities" })}
                  aria-label="All identities"
                  class="grid size-8 place-items-center rounded-2 text-muted hover:bg-hover hover:text-ink max-desk:size-11"
                >
                  <ArrowLeft size={16} aria-hidden="true" />
                </A>
              }
              title={
                <span class="inline-flex min-w-0 items-center gap-1">
                  <span class="min-w-0 font-mono wrap-anywhere max-desk:text-16">{it().identifier}</span>
                  <CopyButton text={it().identifier} label="Copy identifier" />
                </span>
              }
              about={
                <Show when={it().lastSeen} fallback="No client has asked for it yet.">
                  {(at) => (
                    <>
                      Seen <RelativeTime at={at()} />.
                    </>
                  )}
                </Show>
              }
              actions={
                <Menu
                  label="More"
                  triggerClass="grid size-8 place-items-center rounded-2 text-muted hover:bg-hover hover:text-ink max-desk:size-11"
                  trigger={<Ellipsis size={16} aria-hidden="true" />}
                  groups={[[{ label: "Forget this identity…", danger: true, onSelect: () => setForgetting(true) }]]}
                />
              }
            />
            <SplitPage
              panelTitle="Traits"
              panel={
                <div class="flex flex-col gap-6">
                  <Traits identity={it()} />
                  <MemberOf segments={it().segments} />
                </div>
              }
            >
              <Outcomes identity={it()} />
            </SplitPage>
            <ForgetIdentity identity={it()} open={isForgetting()} onClose={() => setForgetting(false)} />
          </>
        )}
      </Show>
    </ListState>
  );
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A percent sign that was in the identifier itself.
    return segment;
  }
}
