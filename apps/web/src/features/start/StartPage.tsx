import { A } from "@solidjs/router";
import ArrowRight from "lucide-solid/icons/arrow-right";
import Building from "lucide-solid/icons/building";
import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { lastPlace } from "../../lib/last-place.ts";
import { parsePlace } from "../../lib/place.ts";
import { createRequiredSession } from "../../lib/session.ts";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { PageHeader } from "../../ui/Page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { PlainFrame } from "../frame/index.ts";
import { CreateOrganisation } from "./CreateOrganisation.tsx";
import { OrganisationCard } from "./OrganisationCard.tsx";

/** Where one was, and everything one has a part in. */
export function StartPage(): JSX.Element {
  const session = createRequiredSession();
  const [isCreating, setCreating] = createSignal(false);
  const organisations = () => session.me()?.organisations ?? [];
  const create = () => (
    <Button icon={<Plus size={14} aria-hidden="true" />} onClick={() => setCreating(true)}>
      New organisation
    </Button>
  );
  const kind = () => {
    if (session.me()) return organisations().length > 0 ? "ready" : "empty";
    return session.state() === "unreachable" ? "error" : "loading";
  };

  return (
    <PlainFrame>
      <div class="mx-auto max-w-200 pb-12">
        <PageHeader
          title={`Hello${session.me() ? `, ${session.me()?.name.split(/[\s@]/)[0] ?? ""}` : ""}`}
          actions={
            <>
              <Show when={organisations().length > 0}>{create()}</Show>
              <Resume organisations={organisations().map(({ slug }) => slug)} />
            </>
          }
        />
        <ListState
          kind={kind()}
          what="organisations"
          error={errorMessage(session.error())}
          onRetry={session.retry}
          empty={
            <EmptyState
              icon={<Building size={24} />}
              title="You are in no organisation yet"
              about="An organisation holds projects, people and API keys. Make one, or ask an administrator to add you to theirs."
              actions={create()}
            />
          }
        >
          <div class="flex flex-col gap-4 px-4">
            <For each={organisations()}>{(organisation) => <OrganisationCard organisation={organisation} />}</For>
          </div>
        </ListState>
      </div>
      <CreateOrganisation open={isCreating()} onClose={() => setCreating(false)} />
    </PlainFrame>
  );
}

/** Back to the page somebody was on last, as long as it is in an organisation of theirs. */
function Resume(props: { readonly organisations: readonly string[] }) {
  const target = () => {
    const path = lastPlace();
    const place = path === undefined ? undefined : parsePlace(path.split("?")[0] ?? "");
    return path !== undefined && place && props.organisations.includes(place.organisation) ? { path, place } : undefined;
  };
  return (
    <Show when={target()}>
      {(it) => (
        <A href={it().path} class={buttonClass("primary", "medium")}>
          <span class="max-w-60 truncate">
            Resume {it().place.project} · {it().place.environment}
          </span>
          <ArrowRight size={14} aria-hidden="true" />
        </A>
      )}
    </Show>
  );
}
