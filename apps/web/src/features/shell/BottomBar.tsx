import { A } from "@solidjs/router";
import Ellipsis from "lucide-solid/icons/ellipsis";
import type { JSX } from "solid-js";
import { createEffect, createSignal, For, on } from "solid-js";
import { Dynamic } from "solid-js/web";
import { placePath } from "../../lib/place.ts";
import { cx } from "../../ui/cx.ts";
import { Sheet } from "../../ui/Sheet.tsx";
import { SchemeMenu } from "../frame/index.ts";
import { DESTINATIONS, destinationOf } from "./navigation.ts";
import type { Whereabouts } from "./Rail.tsx";
import { RailLink, Switchers } from "./Rail.tsx";

const DAILY = DESTINATIONS.filter((destination) => !destination.isSetup);
const SETUP = DESTINATIONS.filter((destination) => destination.isSetup);

/** The rail under 900 px. */
export function BottomBar(props: Whereabouts): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const here = () => destinationOf(props.place.page);
  createEffect(
    on(
      () => props.place,
      () => setOpen(false),
      { defer: true },
    ),
  );

  const item = (isHere: boolean) =>
    cx(
      "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-12 -outline-offset-2",
      isHere ? "text-ink" : "text-muted",
    );

  return (
    <nav
      aria-label="Bottom bar"
      class="flex shrink-0 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] desk:hidden"
    >
      <For each={DAILY}>
        {(destination) => (
          <A
            href={placePath({ ...props.place, page: destination.page })}
            aria-current={here() === destination ? "page" : undefined}
            class={item(here() === destination)}
          >
            <Dynamic
              component={destination.icon}
              size={18}
              aria-hidden="true"
              class={here() === destination ? "text-accent" : ""}
            />
            {destination.name}
          </A>
        )}
      </For>
      <button type="button" class={item(here()?.isSetup === true)} onClick={() => setOpen(true)}>
        <Ellipsis size={18} aria-hidden="true" />
        More
      </button>
      <Sheet open={isOpen()} onClose={() => setOpen(false)} title="More">
        <Switchers {...props} />
        <hr class="my-2 border-line" />
        <div class="flex flex-col px-2">
          <For each={SETUP}>{(destination) => <RailLink place={props.place} destination={destination} />}</For>
        </div>
        <hr class="my-2 border-line" />
        <div class="flex items-center justify-between px-4">
          Theme
          <SchemeMenu />
        </div>
      </Sheet>
    </nav>
  );
}
