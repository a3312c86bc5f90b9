import type { RouteSectionProps } from "@solidjs/router";
import { Navigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { parsePlace, placePath } from "../../lib/place.ts";
import { Shell } from "./Shell.tsx";

/** Reads the place from the address and frames its page. */
export function PlaceLayout(props: RouteSectionProps): JSX.Element {
  const place = () => parsePlace(props.location.pathname);

  return (
    <Show when={place()} fallback={<Navigate href="/" />}>
      {(here) => (
        <Shell
          place={here()}
          organisations={[{ slug: here().organisation, name: here().organisation, href: placePath(here()) }]}
          projects={[{ slug: here().project, name: here().project, href: placePath(here()) }]}
          environments={[{ slug: here().environment, name: here().environment, look: "development" }]}
        >
          {props.children}
        </Shell>
      )}
    </Show>
  );
}
