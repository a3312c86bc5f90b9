import type { RouteSectionProps } from "@solidjs/router";
import { A, useLocation, useParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { toErrorBody } from "../../lib/errors.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { createRequiredSession } from "../../lib/session.ts";
import { cx } from "../../ui/cx.ts";
import { keepCurrentInSight } from "../../ui/keep-in-sight.ts";
import { PageHeader } from "../../ui/Page.tsx";
import { NotFoundPage, PlainFrame } from "../frame/index.ts";

const PAGES = [
  { page: "members", name: "Members" },
  { page: "groups", name: "Groups" },
  { page: "roles", name: "Roles" },
  { page: "access", name: "Access" },
  { page: "keys", name: "API keys" },
  { page: "audit", name: "Audit log" },
  { page: "general", name: "General" },
] as const;

/** The frame of an organisation's own pages. */
export function OrganisationLayout(props: RouteSectionProps): JSX.Element {
  createRequiredSession();
  const params = useParams();
  const slug = () => params.organisation ?? "";
  const organisation = createApiQuery(() => ({ path: "organisations.get", input: { organisation: slug() }, keep: false }));
  const location = useLocation();
  let row: HTMLElement | undefined;
  keepCurrentInSight(
    () => row,
    () => location.pathname,
  );
  const isUnknown = () => organisation.error !== undefined && toErrorBody(organisation.error).code === "not_found";

  return (
    <PlainFrame
      where={
        <>
          <span aria-hidden="true">/</span>
          <span class="truncate">{organisation.data?.name ?? slug()}</span>
        </>
      }
    >
      <Show when={!isUnknown()} fallback={<NotFoundPage />}>
        <div class="mx-auto max-w-240 pb-12">
          <PageHeader title={organisation.data?.name ?? slug()} />
          <nav ref={row} aria-label="Organisation" class="flex gap-1 overflow-x-auto border-b border-line px-2">
            <For each={PAGES}>
              {(it) => (
                <A
                  href={`/${slug()}/~/${it.page}`}
                  class={cx(
                    "flex h-9 items-center border-b-2 px-2.5 font-medium whitespace-nowrap -outline-offset-2 max-desk:h-11",
                    `${location.pathname}/`.includes(`/~/${it.page}/`)
                      ? "border-accent text-ink"
                      : "border-transparent text-muted hover:text-ink",
                  )}
                >
                  {it.name}
                </A>
              )}
            </For>
          </nav>
          {props.children}
        </div>
      </Show>
    </PlainFrame>
  );
}
