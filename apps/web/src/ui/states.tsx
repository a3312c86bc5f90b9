import CloudOff from "lucide-solid/icons/cloud-off";
import Lock from "lucide-solid/icons/lock";
import RotateCw from "lucide-solid/icons/rotate-cw";
import SearchX from "lucide-solid/icons/search-x";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { Button } from "./Button.tsx";

interface EmptyStateProps {
  readonly title: string;
  /** The page holds nothing else, so the title is the page's own. */
  readonly isPage?: boolean | undefined;
  /** What the list is for, in one line. */
  readonly about?: JSX.Element;
  readonly icon?: JSX.Element;
  /** Create, import. */
  readonly actions?: JSX.Element;
  /** A snippet that fills the list. */
  readonly children?: JSX.Element;
}

/** Teaches: what this is for and how the first one comes to be. */
export function EmptyState(props: EmptyStateProps): JSX.Element {
  return (
    <section class="mx-auto flex w-full max-w-[56ch] flex-col items-center gap-4 px-4 py-12 text-center">
      <span class="text-faint empty:hidden" aria-hidden="true">
        {props.icon}
      </span>
      <div>
        <Dynamic component={props.isPage ? "h1" : "h2"} class="text-16 font-semibold">
          {props.title}
        </Dynamic>
        <Show when={props.about}>
          <p class="mt-1 text-14 text-balance text-muted">{props.about}</p>
        </Show>
      </div>
      <Show when={props.actions}>
        <div class="flex flex-wrap justify-center gap-2">{props.actions}</div>
      </Show>
      <Show when={props.children}>
        <div class="w-full text-left">{props.children}</div>
      </Show>
    </section>
  );
}

/** A search or filter that matches nothing. */
export function NothingFound(props: { readonly what: string; readonly onClear: () => void }): JSX.Element {
  return (
    <EmptyState
      icon={<SearchX size={24} />}
      title={`No ${props.what} match`}
      about="The filters hide everything in this list."
      actions={<Button onClick={() => props.onClear()}>Clear filters</Button>}
    />
  );
}

interface ErrorStateProps {
  /** "Flags could not be loaded". */
  readonly title: string;
  /** What went wrong, as the server put it, and what to do. */
  readonly message: string;
  readonly onRetry: () => void;
  readonly busy?: boolean | undefined;
}

export function ErrorState(props: ErrorStateProps): JSX.Element {
  return (
    <div role="alert">
      <EmptyState
        icon={<CloudOff size={24} />}
        title={props.title}
        about={props.message}
        actions={
          <Button icon={<RotateCw size={14} aria-hidden="true" />} busy={props.busy} onClick={() => props.onRetry()}>
            Try again
          </Button>
        }
      />
    </div>
  );
}

/** What the viewer's role does not open, and who can change that. */
export function NoPermission(props: { readonly what: string; readonly ask?: string | undefined }): JSX.Element {
  return (
    <EmptyState
      icon={<Lock size={24} />}
      title={`You may not see ${props.what}`}
      about={
        props.ask === undefined ? "An administrator of the organisation can give you access." : `Ask ${props.ask} for access.`
      }
    />
  );
}
