import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createEffect, For, Show } from "solid-js";
import { cx } from "../../ui/cx.ts";
import type { EnvironmentTab } from "./environments.ts";
import { ENVIRONMENT_FILL, ENVIRONMENT_TEXT, needsTheWord } from "./environments.ts";

interface EnvironmentTabsProps {
  readonly environments: readonly EnvironmentTab[];
  readonly current: string;
  readonly hrefOf: (slug: string) => string;
}

/** Production is filled ink; the others wear their colour as a mark and a rule. */
export function EnvironmentTabs(props: EnvironmentTabsProps): JSX.Element {
  return (
    <nav
      aria-label="Environments"
      class="flex h-full min-w-0 items-center gap-1 overflow-x-auto px-1 [scrollbar-width:none] max-desk:px-3 max-desk:[mask-image:linear-gradient(to_right,transparent,black_12px,black_calc(100%-12px),transparent)]"
    >
      <For each={props.environments}>
        {(environment) => (
          <Tab environment={environment} isCurrent={environment.slug === props.current} href={props.hrefOf(environment.slug)} />
        )}
      </For>
    </nav>
  );
}

function Tab(props: { readonly environment: EnvironmentTab; readonly isCurrent: boolean; readonly href: string }) {
  const look = () => props.environment.look;
  let link: HTMLAnchorElement | undefined;
  // On a narrow screen the row of tabs scrolls; the current one must be in it.
  createEffect(() => {
    if (props.isCurrent) link?.scrollIntoView({ block: "nearest", inline: "center" });
  });
  const isFilled = () => props.isCurrent && look() === "production";

  return (
    <A
      ref={link}
      href={props.href}
      aria-current={props.isCurrent ? "page" : undefined}
      class={cx(
        "relative flex h-8 shrink-0 items-center gap-2 rounded-2 px-3 font-medium -outline-offset-1 max-desk:h-11",
        "transition-colors duration-[120ms]",
        isFilled() && "bg-ink text-bg!",
        props.isCurrent && !isFilled() && `${ENVIRONMENT_TEXT[look()]} bg-surface shadow-[inset_0_0_0_1px_currentColor]`,
        !props.isCurrent && "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      <Show
        when={look() === "production"}
        fallback={
          <span
            class={cx("size-2 rounded-full", ENVIRONMENT_FILL[look()])}
            style={props.environment.colour === undefined ? {} : { "background-color": props.environment.colour }}
            aria-hidden="true"
          />
        }
      >
        <span class={cx("size-2 rotate-45 rounded-[1px]", isFilled() ? "bg-bg" : "bg-ink")} aria-hidden="true" />
      </Show>
      {props.environment.name}
      <Show when={needsTheWord(props.environment)}>
        <span class="text-12 font-normal">production</span>
      </Show>
    </A>
  );
}
