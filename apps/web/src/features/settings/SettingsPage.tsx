import { A, useParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { placePath } from "../../lib/place.ts";
import { usePlace } from "../../lib/use-place.ts";
import { cx } from "../../ui/cx.ts";
import { keepCurrentInSight } from "../../ui/keep-in-sight.ts";
import { PageHeader } from "../../ui/Page.tsx";
import { NotFoundPage } from "../frame/index.ts";
import { EnvironmentSettings } from "./EnvironmentSettings.tsx";
import { Environments } from "./Environments.tsx";
import { ImportPage } from "./ImportPage.tsx";
import { ProjectSettings } from "./ProjectSettings.tsx";
import { TagsSettings } from "./TagsSettings.tsx";

const PAGES = [
  { page: "general", name: "Environment", component: EnvironmentSettings },
  { page: "project", name: "Project", component: ProjectSettings },
  { page: "environments", name: "All environments", component: Environments },
  { page: "tags", name: "Tags", component: TagsSettings },
  { page: "import", name: "Import", component: ImportPage },
] as const;

/** What is set up once: this environment, its project, and the way to the organisation. */
export function SettingsPage(): JSX.Element {
  const place = usePlace();
  const params = useParams();
  const current = () => PAGES.find(({ page }) => page === (params.tab ?? "general"));
  let nav: HTMLElement | undefined;
  keepCurrentInSight(
    () => nav,
    () => params.tab,
  );
  const tabClass = (isCurrent: boolean) =>
    cx(
      "flex h-9 items-center border-b-2 px-2.5 font-medium whitespace-nowrap -outline-offset-2 max-desk:h-11",
      isCurrent ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink",
    );

  return (
    <Show when={current()} fallback={<NotFoundPage />}>
      {(page) => (
        <>
          <PageHeader title="Settings" />
          <nav ref={nav} aria-label="Settings" class="flex gap-1 overflow-x-auto border-b border-line px-2">
            <For each={PAGES}>
              {(it) => (
                <A
                  href={placePath({ ...place(), page: `settings/${it.page}` })}
                  class={tabClass(it.page === page().page)}
                  aria-current={it.page === page().page ? "page" : undefined}
                >
                  {it.name}
                </A>
              )}
            </For>
            <A href={`/${place().organisation}/~/members`} class={tabClass(false)}>
              Organisation ↗
            </A>
          </nav>
          <Dynamic component={page().component} />
        </>
      )}
    </Show>
  );
}
