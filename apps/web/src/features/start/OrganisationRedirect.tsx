import { Navigate, useParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { createApiQuery } from "../../lib/queries.ts";
import { createRequiredSession } from "../../lib/session.ts";

/** `/:organisation`: to its first project; to the start where it has none, or is not one's own. */
export function OrganisationRedirect(): JSX.Element {
  createRequiredSession();
  const params = useParams();
  const organisation = () => params.organisation ?? "";
  const projects = createApiQuery(() => ({
    path: "projects.list",
    input: { organisation: organisation() },
    keep: false,
  }));
  const target = () => {
    const first = projects.data?.[0];
    return first ? `/${organisation()}/${first.slug}` : "/";
  };

  return (
    <Show when={projects.data !== undefined || projects.error !== undefined}>
      <Navigate href={target()} />
    </Show>
  );
}
