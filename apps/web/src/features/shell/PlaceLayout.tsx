import type { RouteSectionProps } from "@solidjs/router";
import { Navigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createEffect, Match, Show, Switch } from "solid-js";
import { errorMessage, toErrorBody } from "../../lib/errors.ts";
import { rememberPlace } from "../../lib/last-place.ts";
import { createLive } from "../../lib/live.ts";
import type { Place } from "../../lib/place.ts";
import { parsePlace, placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { createRequiredSession } from "../../lib/session.ts";
import { projectOf } from "../../lib/use-place.ts";
import { ErrorState } from "../../ui/states.tsx";
import { NotFoundPage } from "../frame/index.ts";
import { toTab } from "./environment-look.ts";
import { Shell } from "./Shell.tsx";
import { createEnvironments } from "./use-environment.ts";
import { createNews } from "./use-news.ts";
import { createPaletteItems } from "./use-palette-items.tsx";

const clockTime = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Reads the place from the address and frames its page. */
export function PlaceLayout(props: RouteSectionProps): JSX.Element {
  const place = () => parsePlace(props.location.pathname);
  createEffect(() => rememberPlace(props.location.pathname + props.location.search));

  return (
    <Show when={place()} fallback={<Navigate href="/" />}>
      {(here) => <Framed place={here()}>{props.children}</Framed>}
    </Show>
  );
}

function Framed(props: { readonly place: Place; readonly children: JSX.Element }): JSX.Element {
  const place = () => props.place;
  const session = createRequiredSession();
  const isIn = () => session.state() === "in";
  const environments = createEnvironments(place);
  const projects = createApiQuery(() => ({
    path: "projects.list",
    input: { organisation: props.place.organisation },
    enabled: isIn(),
  }));
  const news = createNews({ place, myName: () => session.me()?.name, environmentName: environments.nameOf });
  const live = createLive({ project: () => (isIn() ? projectOf(place()) : undefined), onEvent: news });
  const palette = createPaletteItems(place);

  const isNowhere = () => isIn() && environments.error() !== undefined && toErrorBody(environments.error()).code === "not_found";
  const isUnreachable = () =>
    session.state() === "unreachable" || (isIn() && environments.error() !== undefined && environments.all().length === 0);
  /** Loaded, and the address names none of them. */
  const isStrange = () => environments.all().length > 0 && !environments.current();
  const staleSince = () => {
    const at = live.lostAt();
    return at === undefined ? undefined : clockTime.format(at);
  };

  return (
    <Switch>
      <Match when={isNowhere()}>
        <NotFoundPage />
      </Match>
      <Match when={isUnreachable()}>
        <ErrorState
          title="The server does not answer"
          message={errorMessage(session.error() ?? environments.error())}
          onRetry={() => {
            session.retry();
            environments.refetch();
          }}
        />
      </Match>
      <Match when={isIn() && environments.all().length > 0}>
        <Shell
          place={props.place}
          me={session.me()}
          organisations={(session.me()?.organisations ?? []).map(({ slug, name }) => ({ slug, name, href: `/${slug}` }))}
          projects={(projects.data ?? []).map(({ slug, name }) => ({
            slug,
            name,
            href: slug === props.place.project ? placePath(props.place) : `/${props.place.organisation}/${slug}`,
          }))}
          environments={environments.all().map(toTab)}
          foot={{
            version: environments.current()?.version ?? 0,
            streaming: 0,
            confirmed: 0,
            polling: 0,
            uncounted: true,
            staleSince: staleSince(),
          }}
          footPage="history"
          paletteItems={palette.items()}
          onPaletteQuery={palette.onQuery}
        >
          <Show when={!isStrange()} fallback={<NotFoundPage />}>
            {props.children}
          </Show>
        </Shell>
      </Match>
    </Switch>
  );
}
