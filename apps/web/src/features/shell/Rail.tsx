import { A } from "@solidjs/router";
import CircleHelp from "lucide-solid/icons/circle-question-mark";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { Place } from "../../lib/place.ts";
import { placePath } from "../../lib/place.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { cx } from "../../ui/cx.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { KeyHint } from "../../ui/KeyHint.tsx";
import { Mark } from "../../ui/Mark.tsx";
import { SchemeMenu } from "../frame/index.ts";
import { DESTINATIONS, destinationOf } from "./navigation.ts";
import type { SwitchTarget } from "./Switcher.tsx";
import { Switcher } from "./Switcher.tsx";

export interface Whereabouts {
  readonly place: Place;
  readonly organisations: readonly SwitchTarget[];
  readonly projects: readonly SwitchTarget[];
  /** Who is signed in. */
  readonly me?: { readonly name: string } | undefined;
}

export function Rail(props: Whereabouts & { readonly onHelp: () => void }): JSX.Element {
  return (
    <aside aria-label="Side bar" class="flex w-[var(--rail)] shrink-0 flex-col border-r border-line bg-sunken max-desk:hidden">
      <A href="/" class="flex h-12 shrink-0 items-center gap-2 px-4 text-14 font-semibold tracking-[-0.01em] -outline-offset-2">
        <Mark />
        Halyard
      </A>
      <Switchers {...props} />
      <nav aria-label="Pages" class="mt-3 flex flex-col gap-px px-2">
        <For each={DESTINATIONS}>
          {(destination, index) => (
            <>
              <Show when={destination.isSetup && !DESTINATIONS[index() - 1]?.isSetup}>
                <hr class="mx-2 my-2 border-line" />
              </Show>
              <RailLink place={props.place} destination={destination} />
            </>
          )}
        </For>
      </nav>
      <div class="mt-auto flex h-12 items-center gap-1 px-2">
        <Show when={props.me}>
          {(me) => (
            <A href="/~/account" class="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-2 px-2 hover:bg-hover">
              <span aria-hidden="true" class="inline-flex">
                <Avatar name={me().name} />
              </span>
              <span class="truncate">{me().name}</span>
            </A>
          )}
        </Show>
        <SchemeMenu />
        <IconButton label="Keyboard" keys="?" icon={<CircleHelp size={16} aria-hidden="true" />} onClick={() => props.onHelp()} />
      </div>
    </aside>
  );
}

/** Where one is: organisation, then project. */
export function Switchers(props: Whereabouts): JSX.Element {
  return (
    <div class="flex flex-col gap-px px-2">
      <Switcher what="Organisation" targets={props.organisations} current={props.place.organisation} />
      <Switcher what="Project" targets={props.projects} current={props.place.project} strong />
    </div>
  );
}

export function RailLink(props: { readonly place: Place; readonly destination: (typeof DESTINATIONS)[number] }): JSX.Element {
  const isHere = () => destinationOf(props.place.page) === props.destination;
  return (
    <A
      href={placePath({ ...props.place, page: props.destination.page })}
      aria-current={isHere() ? "page" : undefined}
      class={cx(
        "group flex h-8 items-center gap-2.5 rounded-2 px-2 -outline-offset-1 max-desk:h-11",
        isHere()
          ? "bg-surface font-medium text-ink shadow-[inset_0_0_0_1px_var(--line)]"
          : "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      <Dynamic component={props.destination.icon} size={16} aria-hidden="true" class={isHere() ? "text-accent" : "text-faint"} />
      <span class="flex-1">{props.destination.name}</span>
      <span class="opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 max-desk:hidden" aria-hidden="true">
        <KeyHint keys={props.destination.keys} />
      </span>
    </A>
  );
}
