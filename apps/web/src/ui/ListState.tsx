import type { JSX } from "solid-js";
import { Match, Show, Switch } from "solid-js";
import { Button } from "./Button.tsx";
import { Notice } from "./Notice.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { ErrorState, NoPermission, NothingFound } from "./states.tsx";

export type ListStateKind = "ready" | "loading" | "empty" | "nothing-found" | "error" | "no-permission";

interface ListStateProps {
  readonly kind: ListStateKind;
  /** Plural, lower case: "flags". */
  readonly what: string;
  /** An `EmptyState` that says what the list is for. */
  readonly empty: JSX.Element;
  readonly error?: string | undefined;
  readonly onRetry: () => void;
  readonly onClearFilters?: (() => void) | undefined;
  /** "14:05" when what is shown is no longer kept up to date; goes with `ready`. */
  readonly staleSince?: string | undefined;
  readonly children: JSX.Element;
}

/** The six states every list has, drawn alike. */
export function ListState(props: ListStateProps): JSX.Element {
  return (
    <Switch>
      <Match when={props.kind === "loading"}>
        <Skeleton label={`Loading ${props.what}`} />
      </Match>
      <Match when={props.kind === "empty"}>{props.empty}</Match>
      <Match when={props.kind === "nothing-found"}>
        <NothingFound what={props.what} onClear={() => props.onClearFilters?.()} />
      </Match>
      <Match when={props.kind === "error"}>
        <ErrorState
          title={`The ${props.what} could not be loaded`}
          message={props.error ?? "The server did not answer. Flags are still being served."}
          onRetry={() => props.onRetry()}
        />
      </Match>
      <Match when={props.kind === "no-permission"}>
        <NoPermission what={`these ${props.what}`} />
      </Match>
      <Match when={props.kind === "ready"}>
        <Show when={props.staleSince}>
          {(since) => (
            <div class="p-2">
              <Notice
                tone="scheduled"
                action={
                  <Button size="small" onClick={() => props.onRetry()}>
                    Reload
                  </Button>
                }
              >
                No connection to the server. Showing {since()}.
              </Notice>
            </div>
          )}
        </Show>
        {props.children}
      </Match>
    </Switch>
  );
}
