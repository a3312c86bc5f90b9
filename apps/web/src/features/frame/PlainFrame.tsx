import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { createSession } from "../../lib/session.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Mark } from "../../ui/Mark.tsx";
import { SchemeMenu } from "./SchemeMenu.tsx";

interface PlainFrameProps {
  /** Stands in the bar after the mark: where one is. */
  readonly where?: JSX.Element;
  readonly children: JSX.Element;
}

/** The frame of pages above an environment. */
export function PlainFrame(props: PlainFrameProps): JSX.Element {
  const session = createSession();

  return (
    <div class="flex h-full flex-col">
      <header class="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-sunken px-4 max-desk:h-14 max-desk:px-3">
        <A href="/" class="flex items-center gap-2 text-14 font-semibold tracking-[-0.01em] max-desk:min-h-11">
          <Mark />
          Halyard
        </A>
        <div class="flex min-w-0 flex-1 items-center gap-2 truncate text-muted">{props.where}</div>
        <SchemeMenu />
        <Show when={session.me()}>
          {(me) => (
            <A href="/~/account" class="flex h-8 min-w-0 items-center gap-2 rounded-2 px-2 hover:bg-hover max-desk:h-11">
              <Avatar name={me().name} />
              <span class="max-w-40 truncate max-desk:sr-only">{me().name}</span>
            </A>
          )}
        </Show>
      </header>
      <main id="page" class="min-h-0 flex-1 overflow-y-auto">
        {props.children}
      </main>
    </div>
  );
}

/** The frame of pages for nobody yet: sign-in and set-up. */
export function BareFrame(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <div class="flex h-full flex-col">
      <header class="flex h-12 shrink-0 items-center justify-between px-4">
        <span class="flex items-center gap-2 text-14 font-semibold tracking-[-0.01em]">
          <Mark />
          Halyard
        </span>
        <SchemeMenu />
      </header>
      <main id="page" class="min-h-0 flex-1 overflow-y-auto">
        {props.children}
      </main>
    </div>
  );
}
