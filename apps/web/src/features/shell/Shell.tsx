import { useLocation, useNavigate } from "@solidjs/router";
import Search from "lucide-solid/icons/search";
import type { JSX } from "solid-js";
import { createMemo, createSignal, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { inEnvironment, placePath } from "../../lib/place.ts";
import { createShortcuts } from "../../ui/create-shortcuts.ts";
import { cx } from "../../ui/cx.ts";
import { KeyHint } from "../../ui/KeyHint.tsx";
import type { PaletteItem } from "../../ui/Palette.tsx";
import { Palette } from "../../ui/Palette.tsx";
import { BottomBar } from "./BottomBar.tsx";
import { EnvironmentTabs } from "./EnvironmentTabs.tsx";
import type { EnvironmentTab } from "./environments.ts";
import { FootLine } from "./FootLine.tsx";
import type { FootState } from "./foot-sentence.ts";
import { HelpDialog } from "./HelpDialog.tsx";
import { DESTINATIONS } from "./navigation.ts";
import type { Whereabouts } from "./Rail.tsx";
import { Rail } from "./Rail.tsx";

export interface ShellProps extends Whereabouts {
  readonly environments: readonly EnvironmentTab[];
  /** Left out while nothing is known. */
  readonly foot?: FootState | undefined;
  /** Page the foot line opens. @default "clients" */
  readonly footPage?: string | undefined;
  /** What ⌘K finds besides pages and environments: flags, segments, acts. */
  readonly paletteItems?: readonly PaletteItem[] | undefined;
  readonly onPaletteQuery?: ((query: string) => void) | undefined;
  readonly children: JSX.Element;
}

/** The frame of every page of an environment: rail, environments, the page, what is live. */
export function Shell(props: ShellProps): JSX.Element {
  const navigate = useNavigate();
  const location = useLocation();
  const [isPaletteOpen, setPaletteOpen] = createSignal(false);
  const [isHelpOpen, setHelpOpen] = createSignal(false);

  const current = () => props.environments.findIndex((environment) => environment.slug === props.place.environment);
  const isProduction = () => props.environments[current()]?.look === "production";
  const hrefOf = (slug: string) => inEnvironment(props.place, slug) + location.search;
  const pageHref = (page: string) => placePath({ ...props.place, page });
  const open = (page: string) => navigate(pageHref(page));
  const visit = (slug: string) => navigate(hrefOf(slug));
  const step = (by: number) => {
    const next = props.environments[current() + by];
    if (next) visit(next.slug);
  };

  const palette = createMemo((): PaletteItem[] => [
    ...DESTINATIONS.map((destination) => ({
      id: destination.page,
      group: "Go to",
      label: destination.name,
      keys: destination.keys,
      icon: <Dynamic component={destination.icon} size={14} />,
      onSelect: () => open(destination.page),
    })),
    ...props.environments.map((environment) => ({
      id: `environment ${environment.slug}`,
      group: "Environment",
      label: environment.name,
      hint: "this page there",
      onSelect: () => visit(environment.slug),
    })),
    ...(props.paletteItems ?? []),
  ]);

  createShortcuts(() => ({
    "mod k": () => setPaletteOpen((isOpen) => !isOpen),
    "?": () => setHelpOpen(true),
    "[": () => step(-1),
    "]": () => step(1),
    // eslint-disable-next-line solid/reactivity -- run when a key is pressed; nothing here needs to be tracked
    ...Object.fromEntries(DESTINATIONS.map(({ keys, page }) => [keys, () => open(page)])),
  }));

  return (
    <div class="flex h-full flex-col">
      <div class={cx("h-0.5 shrink-0", isProduction() ? "bg-ink" : "bg-transparent")} aria-hidden="true" />
      <a href="#page" class="sr-only focus:not-sr-only focus:absolute focus:z-90 focus:bg-surface focus:p-3">
        Skip to the page
      </a>
      <div class="flex min-h-0 flex-1">
        <Rail {...props} onHelp={() => setHelpOpen(true)} />
        <div class="flex min-w-0 flex-1 flex-col">
          <header class="flex h-12 shrink-0 items-center justify-between gap-3 border-b border-line px-3 max-desk:h-14 max-desk:px-1">
            <EnvironmentTabs environments={props.environments} current={props.place.environment} hrefOf={hrefOf} />
            <button
              type="button"
              class="flex h-8 w-56 shrink-0 items-center gap-2 rounded-2 bg-surface px-2.5 text-left text-faint shadow-[inset_0_0_0_1px_var(--line)] hover:text-muted hover:shadow-[inset_0_0_0_1px_var(--control)] max-desk:grid max-desk:size-11 max-desk:place-items-center max-desk:bg-transparent max-desk:px-0 max-desk:shadow-none"
              onClick={() => setPaletteOpen(true)}
            >
              <Search size={14} class="max-desk:size-4.5" aria-hidden="true" />
              <span class="flex-1 max-desk:sr-only">Search or jump to…</span>
              <span class="max-desk:hidden" aria-hidden="true">
                <KeyHint keys="mod k" />
              </span>
            </button>
          </header>
          <main id="page" tabindex="-1" class="min-h-0 flex-1 overflow-y-auto outline-none">
            {props.children}
          </main>
          <Show when={props.foot}>{(foot) => <FootLine state={foot()} href={pageHref(props.footPage ?? "clients")} />}</Show>
        </div>
      </div>
      <BottomBar {...props} />
      <Palette
        open={isPaletteOpen()}
        onClose={() => setPaletteOpen(false)}
        items={palette()}
        onQuery={(query) => props.onPaletteQuery?.(query)}
      />
      <HelpDialog open={isHelpOpen()} onClose={() => setHelpOpen(false)} />
    </div>
  );
}
