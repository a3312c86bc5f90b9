import HistoryIcon from "lucide-solid/icons/clock-arrow-left";
import type { JSX } from "solid-js";
import { errorMessage, toErrorBody } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { createApiPages } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import type { ListStateKind } from "../../ui/ListState.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { MoreRows } from "../../ui/MoreRows.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { RevisionList } from "./RevisionList.tsx";

interface HistoryProps {
  readonly place: Place;
  /** Only revisions of one thing: `flag:new-checkout`. */
  readonly subject?: string | undefined;
  readonly onClear?: (() => void) | undefined;
}

const PAGE = 50;

export function History(props: HistoryProps): JSX.Element {
  const pages = createApiPages(() => ({
    path: "revisions.list",
    input: { ...inputOf(props.place), limit: PAGE, ...(props.subject !== undefined && { subject: props.subject }) },
  }));
  const kind = (): ListStateKind => {
    if (pages.items.length > 0) return "ready";
    if (pages.error !== undefined) return toErrorBody(pages.error).code === "forbidden" ? "no-permission" : "error";
    if (pages.isPending) return "loading";
    return props.subject === undefined || props.onClear === undefined ? "empty" : "nothing-found";
  };

  return (
    <ListState
      kind={kind()}
      what="revisions"
      error={pages.error === undefined ? undefined : errorMessage(pages.error)}
      onRetry={() => pages.refetch()}
      onClearFilters={() => props.onClear?.()}
      empty={
        <EmptyState
          icon={<HistoryIcon size={24} />}
          title="Nothing has changed yet"
          about="Every change to what flags answer is kept here: who, when, why and field by field."
        />
      }
    >
      <RevisionList revisions={pages.items} place={props.place} />
      <MoreRows has={pages.hasMore} busy={pages.isLoadingMore} onMore={() => pages.loadMore()} what="revisions" />
    </ListState>
  );
}
