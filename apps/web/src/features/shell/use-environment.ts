import type { Accessor } from "solid-js";
import { createMemo } from "solid-js";
import type { Place } from "../../lib/place.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { projectOf } from "../../lib/use-place.ts";

export type Environment = OutputOf<"environments.list">[number];

interface Environments {
  readonly all: Accessor<readonly Environment[]>;
  /** The place's own; undefined until it is known. */
  readonly current: Accessor<Environment | undefined>;
  readonly nameOf: (slug: string) => string;
  readonly error: Accessor<unknown>;
  readonly refetch: () => void;
}

/** The project's environments, in their order; one question for everybody on the page. */
export function createEnvironments(place: Accessor<Place>): Environments {
  const query = createApiQuery(() => ({ path: "environments.list", input: projectOf(place()), keep: false }));
  const all = () => query.data ?? [];
  const current = createMemo(() => all().find(({ slug }) => slug === place().environment));

  return {
    all,
    current,
    nameOf: (slug) => all().find((it) => it.slug === slug)?.name ?? slug,
    error: () => query.error,
    refetch: query.refetch,
  };
}
