import { A, useNavigate } from "@solidjs/router";
import IdCard from "lucide-solid/icons/id-card";
import Plus from "lucide-solid/icons/plus";
import Search from "lucide-solid/icons/search";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { placePath } from "../../lib/place.ts";
import { rowKeys } from "../../lib/row-keys.ts";
import { usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { createShortcuts } from "../../ui/create-shortcuts.ts";
import { TextInput } from "../../ui/inputs.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { PageHeader } from "../../ui/Page.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { CreateIdentity } from "./CreateIdentity.tsx";
import { createIdentityList } from "./use-identities.ts";

export function IdentitiesPage(): JSX.Element {
  const place = usePlace();
  const navigate = useNavigate();
  const list = createIdentityList();
  const [isCreating, setCreating] = createSignal(false);
  const hrefOf = (identifier: string) => placePath({ ...place(), page: "identities" }) + `/${encodeURIComponent(identifier)}`;
  const create = () => (
    <Button kind="primary" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setCreating(true)}>
      Add identity
    </Button>
  );
  createShortcuts(() => ({ c: () => setCreating(true) }));

  return (
    <>
      <PageHeader
        title="Identities"
        about="People and devices that clients asked for by name, what they get and why."
        actions={create()}
      />
      <Show when={list.pages.items.length > 0 || list.query() !== ""}>
        <div class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pb-2">
          <TextInput
            class="w-80 max-w-full"
            label="Find identities"
            type="search"
            mono
            placeholder="Find by identifier…"
            icon={<Search size={14} />}
            value={list.query()}
            onInput={(text) => list.search(text)}
          />
          <label class="flex items-center gap-2 text-muted max-desk:min-h-11">
            <input
              type="checkbox"
              checked={list.isExact()}
              disabled={list.query() === ""}
              onChange={(event) => list.search(list.query(), { exact: event.currentTarget.checked })}
            />
            Exactly this
          </label>
        </div>
      </Show>
      <ListState
        kind={listKind(list.pages, { count: list.pages.items.length, isFiltered: list.query() !== "" })}
        what="identities"
        error={errorMessage(list.pages.error)}
        staleSince={staleSince(list.pages)}
        onRetry={list.pages.refetch}
        onClearFilters={() => list.search("")}
        empty={
          <EmptyState
            icon={<IdCard size={24} />}
            title="Nobody has been seen here yet"
            about="An identity appears when a client sends traits to be remembered. Add one by hand to set what it gets before it comes."
            actions={create()}
          />
        }
      >
        <Table label="Identities">
          <TableHead>
            <Header>Identifier</Header>
            <Header align="right">Traits</Header>
            <Header align="right">Overrides</Header>
            <Header align="right">Last seen</Header>
          </TableHead>
          <tbody>
            <For each={list.pages.items}>
              {(identity) => (
                <Row tabindex="0" onKeyDown={(event) => rowKeys(event, () => navigate(hrefOf(identity.identifier)))}>
                  <Cell class="w-full max-w-0">
                    <A
                      href={hrefOf(identity.identifier)}
                      tabindex="-1"
                      class="block truncate font-mono text-code font-medium hover:underline"
                    >
                      {identity.identifier}
                    </A>
                  </Cell>
                  <Cell align="right" class="text-muted">
                    {identity.traits}
                  </Cell>
                  <Cell align="right" class={identity.overrides === 0 ? "text-faint" : "font-medium"}>
                    {identity.overrides}
                  </Cell>
                  <Cell align="right">
                    <Show when={identity.lastSeen} fallback={<span class="text-faint">never</span>}>
                      {(at) => <RelativeTime at={at()} />}
                    </Show>
                  </Cell>
                </Row>
              )}
            </For>
          </tbody>
        </Table>
        <Show when={list.pages.hasMore}>
          <div class="p-4 text-center">
            <Button busy={list.pages.isLoadingMore} onClick={list.pages.loadMore}>
              Show more
            </Button>
          </div>
        </Show>
      </ListState>
      <CreateIdentity open={isCreating()} onClose={() => setCreating(false)} />
    </>
  );
}
