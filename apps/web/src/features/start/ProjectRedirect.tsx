import { Navigate, useParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Match, Switch } from "solid-js";
import { errorMessage, toErrorBody } from "../../lib/errors.ts";
import { lastPlace } from "../../lib/last-place.ts";
import { parsePlace, placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { createRequiredSession } from "../../lib/session.ts";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { NotFoundPage, PlainFrame } from "../frame/index.ts";

/** `/:organisation/:project`: to the flags of the environment somebody was in last, else of the first one. */
export function ProjectRedirect(): JSX.Element {
  createRequiredSession();
  const params = useParams();
  const at = () => ({ organisation: params.organisation ?? "", project: params.project ?? "" });
  const environments = createApiQuery(() => ({ path: "environments.list", input: at(), keep: false }));
  const target = () => {
    const list = environments.data;
    const last = parsePlace(lastPlace()?.split("?")[0] ?? "");
    const known =
      last?.organisation === at().organisation && last.project === at().project
        ? list?.find(({ slug }) => slug === last.environment)
        : undefined;
    return (known ?? list?.[0])?.slug;
  };

  return (
    <Switch
      fallback={
        <PlainFrame>
          <Skeleton label="Loading the project" />
        </PlainFrame>
      }
    >
      <Match when={target()}>{(environment) => <Navigate href={placePath({ ...at(), environment: environment() })} />}</Match>
      <Match when={environments.error !== undefined}>
        <PlainFrame>
          {toErrorBody(environments.error).code === "not_found" ? (
            <NotFoundPage />
          ) : (
            <ErrorState
              title="The project could not be loaded"
              message={errorMessage(environments.error)}
              onRetry={environments.refetch}
            />
          )}
        </PlainFrame>
      </Match>
      <Match when={environments.data?.length === 0}>
        <PlainFrame>
          <EmptyState isPage title="This project has no environment" about="An administrator can make one over the API." />
        </PlainFrame>
      </Match>
    </Switch>
  );
}
