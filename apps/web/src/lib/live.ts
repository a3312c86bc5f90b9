import type { LiveEvent } from "@halyard/contracts/schemas";
import type { QueryClient } from "@tanstack/solid-query";
import { useQueryClient } from "@tanstack/solid-query";
import type { Accessor } from "solid-js";
import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { api } from "./api.ts";
import { refreshRows } from "./live-rows.ts";
import { invalidate, queryKey } from "./queries.ts";

/** Which questions an event of this kind may have a new answer to. The first part of `kind` names the noun. */
const TOUCHES: Readonly<Record<string, readonly string[]>> = {
  flag: ["flags", "segments.get", "segments.list", "evaluations", "identities.get", "tags"],
  variant: ["flags", "evaluations", "identities.get"],
  override: ["flags", "segments", "evaluations", "identities.get"],
  "identity-override": ["flags", "identities", "evaluations"],
  identity: ["flags", "identities", "evaluations"],
  segment: ["segments", "flags", "evaluations", "identities.get"],
  environment: ["environments", "flags", "evaluations"],
  clock: ["evaluations", "identities.get"],
  key: ["environmentKeys"],
  project: ["projects", "environments"],
  organisation: ["organisations", "account"],
  import: ["flags", "segments", "identities", "evaluations", "environments", "tags"],
};

/** Every question with an environment's version in its answer. */
const ALWAYS = ["revisions", "environments"];

export const touchedBy = (kind: LiveEvent["kind"]): readonly string[] => [
  ...new Set([...ALWAYS, ...(TOUCHES[kind.split(".")[0] ?? ""] ?? [])]),
];

/** Events in a burst (an import, a reorder) ask again together. */
const GATHER_MS = 60;

export interface Live {
  /** Undefined while connected; else since when what is shown may be old, as milliseconds since 1970. */
  readonly lostAt: Accessor<number | undefined>;
}

interface LiveOptions {
  readonly project: Accessor<{ readonly organisation: string; readonly project: string } | undefined>;
  /** Told of every event, after the cache knows of it. */
  readonly onEvent?: (event: LiveEvent) => void;
}

/** Follows a project: whatever anybody changes is asked for again. */
export function createLive({ project, onEvent }: LiveOptions): Live {
  const client = useQueryClient();
  const [lostAt, setLostAt] = createSignal<number>();
  const refresh = createGatherer(client);
  const key = () => {
    const it = project();
    return it && `${it.organisation}/${it.project}`;
  };

  createEffect(
    on(key, () => {
      const place = project();
      if (!place) return;
      let starts = 0;
      const subscription = api.live.project.subscribe(place, {
        onStarted: () => {
          setLostAt(undefined);
          // What happened between two connections is not told again.
          if (starts++ > 0) void client.invalidateQueries();
        },
        onConnectionStateChange: ({ state }) => {
          if (state === "connecting" && starts > 0) setLostAt((since) => since ?? Date.now());
        },
        onData: (event) => {
          bumpVersion(client, place, event);
          refresh(event);
          onEvent?.(event);
        },
        // Refused (signed out, project gone): the questions on the page meet the same refusal and say so.
        onError: () => setLostAt((since) => since ?? Date.now()),
      });
      onCleanup(() => {
        subscription.unsubscribe();
        setLostAt(undefined);
      });
    }),
  );
  return { lostAt };
}

/** Of these only the rows they name are asked for again, not the lists that show them. */
const CHANGES_ROWS = new Set<LiveEvent["kind"]>([
  "flag.state",
  "flag.updated",
  "variant.created",
  "variant.updated",
  "variant.deleted",
  "override.set",
  "override.deleted",
  "override.reordered",
  "identity-override.set",
  "identity-override.deleted",
]);

const flagsOf = ({ subjects }: LiveEvent): string[] =>
  subjects.filter((subject) => subject.startsWith("flag:")).map((subject) => subject.slice("flag:".length));

function createGatherer(client: QueryClient): (event: LiveEvent) => void {
  const paths = new Set<string>();
  const rows = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  return (event) => {
    const isRow = CHANGES_ROWS.has(event.kind);
    for (const path of touchedBy(event.kind)) paths.add(isRow && path === "flags" ? "flags.get" : path);
    if (isRow) for (const key of flagsOf(event)) rows.add(key);
    timer ??= setTimeout(() => {
      timer = undefined;
      if (rows.size > 0 && !paths.has("flags")) void refreshRows(client, [...rows]);
      void invalidate(client, ...paths);
      rows.clear();
      paths.clear();
    }, GATHER_MS);
  };
}

/** The foot line must not wait for a question. */
function bumpVersion(client: QueryClient, place: { readonly organisation: string; readonly project: string }, event: LiveEvent) {
  const at = queryKey("environments.list", { organisation: place.organisation, project: place.project });
  client.setQueryData<readonly { readonly slug: string; readonly version: number }[]>(at, (list) =>
    list?.map((it) => (it.slug === event.environment ? { ...it, version: Math.max(it.version, event.version) } : it)),
  );
}
