import { useNavigate, useSearchParams } from "@solidjs/router";
import Flag from "lucide-solid/icons/flag";
import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { placePath } from "../../lib/place.ts";
import { usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { createShortcuts } from "../../ui/create-shortcuts.ts";
import { ListState } from "../../ui/ListState.tsx";
import { MoreRows } from "../../ui/MoreRows.tsx";
import { PageHeader } from "../../ui/Page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { createEnvironments, QuestionDialog } from "../shell/index.ts";
import { CreateFlagDialog } from "./CreateFlagDialog.tsx";
import { FlagFilters } from "./FlagFilters.tsx";
import { FlagTable } from "./FlagTable.tsx";
import type { FlagSummary } from "./flag.ts";
import { stateIn } from "./flag.ts";
import { SelectionBar } from "./SelectionBar.tsx";
import { createFlagsUsage } from "./usage.ts";
import { createFlagList } from "./use-flag-list.ts";
import { createFlagSwitch } from "./use-flag-switch.ts";
import { createRowKeys } from "./use-row-keys.ts";

/** All flags of an environment: what each answers, raised and lowered in place. */
export function FlagsPage(): JSX.Element {
  const place = usePlace();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams<{ create?: string }>();
  const environments = createEnvironments(place);
  const list = createFlagList(place);
  const switching = createFlagSwitch(place, environments.current);
  const usageOf = createFlagsUsage(place);
  let searchBox: HTMLInputElement | undefined;

  const create = (isOpen: boolean) => setSearch({ create: isOpen ? "yes" : undefined }, { replace: true });
  const isOn = (flag: FlagSummary) => stateIn(flag, place().environment)?.enabled ?? false;
  const keys = createRowKeys({
    rows: () => list.pages.items,
    onToggle: (flag) => flag.archivedAt === null && switching.set([flag], !isOn(flag)),
    onOpen: (flag) => navigate(placePath({ ...place(), page: `flags/${flag.key}` })),
  });
  createShortcuts(() => ({ "/": () => searchBox?.focus(), c: () => create(true) }));

  const kind = () => listKind(list.pages, { count: list.pages.items.length, isFiltered: list.isFiltered() });
  const createButton = () => (
    <Button kind="primary" icon={<Plus size={14} aria-hidden="true" />} onClick={() => create(true)}>
      Create flag
    </Button>
  );

  return (
    <>
      <PageHeader title="Flags" actions={createButton()} />
      <FlagFilters
        filters={list.filters()}
        onChange={list.change}
        searchRef={(input) => {
          searchBox = input;
        }}
      />
      <ListState
        kind={kind()}
        what="flags"
        error={list.pages.error === undefined ? undefined : errorMessage(list.pages.error)}
        onRetry={() => list.pages.refetch()}
        onClearFilters={list.clear}
        staleSince={staleSince(list.pages)}
        empty={
          <EmptyState
            icon={<Flag size={24} />}
            title="No flags yet"
            about="A flag changes what your code does without a release: turn it on for a few, then for everyone."
            actions={
              <>
                {createButton()}
                <Button onClick={() => navigate(placePath({ ...place(), page: "settings/keys" }))}>Connect an SDK</Button>
              </>
            }
          />
        }
      >
        <FlagTable
          rows={list.pages.items}
          place={place()}
          environments={environments.all()}
          switching={switching}
          keys={keys}
          usageOf={usageOf}
        />
        <MoreRows has={list.pages.hasMore} busy={list.pages.isLoadingMore} onMore={() => list.pages.loadMore()} what="flags" />
      </ListState>
      <Show when={keys.selection().length > 0}>
        <SelectionBar
          flags={keys.selection()}
          onSwitch={(enabled) =>
            switching.set(
              keys.selection().filter((flag) => flag.archivedAt === null),
              enabled,
            )
          }
          onClear={keys.clearSelection}
        />
      </Show>
      <QuestionDialog questions={switching.questions} />
      <CreateFlagDialog
        open={search.create !== undefined}
        onClose={() => create(false)}
        place={place()}
        onCreated={(key) => navigate(placePath({ ...place(), page: `flags/${key}` }))}
      />
    </>
  );
}
