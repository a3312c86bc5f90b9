import { A, useNavigate } from "@solidjs/router";
import Plus from "lucide-solid/icons/plus";
import Search from "lucide-solid/icons/search";
import Shapes from "lucide-solid/icons/shapes";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { placePath } from "../../lib/place.ts";
import { rowKeys } from "../../lib/row-keys.ts";
import { usePlace } from "../../lib/use-place.ts";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { createShortcuts } from "../../ui/create-shortcuts.ts";
import { TextInput } from "../../ui/inputs.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { PageHeader } from "../../ui/Page.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { createSegmentList } from "./use-segments.ts";

/** Stands where a segment's key would: no key begins with a tilde. */
export const NEW_SEGMENT = "segments/~new";

export function SegmentsPage(): JSX.Element {
  const place = usePlace();
  const navigate = useNavigate();
  const { query, search, pages } = createSegmentList();
  const hrefOf = (page: string) => placePath({ ...place(), page });
  const create = () => (
    <A href={hrefOf(NEW_SEGMENT)} class={buttonClass("primary", "medium")}>
      <Plus size={14} aria-hidden="true" />
      Create segment
    </A>
  );
  createShortcuts(() => ({ c: () => navigate(hrefOf(NEW_SEGMENT)) }));

  return (
    <>
      <PageHeader
        title="Segments"
        about="Groups of people by what is known of them; flags answer each group apart."
        actions={create()}
      />
      <Show when={pages.items.length > 0 || query() !== ""}>
        <div class="px-4 pb-2">
          <TextInput
            class="max-w-80"
            label="Find segments"
            type="search"
            placeholder="Find by name or key…"
            icon={<Search size={14} />}
            value={query()}
            onInput={search}
          />
        </div>
      </Show>
      <ListState
        kind={listKind(pages, { count: pages.items.length, isFiltered: query() !== "" })}
        what="segments"
        error={errorMessage(pages.error)}
        staleSince={staleSince(pages)}
        onRetry={pages.refetch}
        onClearFilters={() => search("")}
        empty={
          <EmptyState
            icon={<Shapes size={24} />}
            title="No segments yet"
            about="A segment is a rule about people, such as “whose plan is pro”. Make one, then let a flag answer it differently."
            actions={create()}
          />
        }
      >
        <Table label="Segments">
          <TableHead>
            <Header>Segment</Header>
            <Header class="max-desk:hidden">About</Header>
            <Header align="right">Used by</Header>
            <Header align="right" class="max-desk:hidden">
              Version
            </Header>
            <Header align="right" class="max-desk:hidden">
              Made
            </Header>
          </TableHead>
          <tbody>
            <For each={pages.items}>
              {(segment) => (
                <Row tabindex="0" onKeyDown={(event) => rowKeys(event, () => navigate(hrefOf(`segments/${segment.key}`)))}>
                  <Cell class="max-w-0 max-desk:w-full desk:w-2/5">
                    <A
                      href={hrefOf(`segments/${segment.key}`)}
                      class="flex min-w-0 items-baseline gap-2 hover:underline"
                      tabindex="-1"
                    >
                      <span class="truncate font-medium">{segment.name}</span>
                      <span class="truncate font-mono text-code text-faint max-desk:hidden">{segment.key}</span>
                    </A>
                  </Cell>
                  <Cell class="w-3/5 max-w-0 truncate text-muted max-desk:hidden">{segment.description}</Cell>
                  <Cell align="right" class="whitespace-nowrap text-muted">
                    {segment.flags === 0 ? "no flag" : segment.flags === 1 ? "1 flag" : `${segment.flags} flags`}
                  </Cell>
                  <Cell align="right" class="font-mono text-code text-muted max-desk:hidden">
                    v{segment.version}
                  </Cell>
                  <Cell align="right" class="max-desk:hidden">
                    <RelativeTime at={segment.createdAt} />
                  </Cell>
                </Row>
              )}
            </For>
          </tbody>
        </Table>
        <Show when={pages.hasMore}>
          <div class="p-4 text-center">
            <Button busy={pages.isLoadingMore} onClick={pages.loadMore}>
              Show more
            </Button>
          </div>
        </Show>
      </ListState>
    </>
  );
}
