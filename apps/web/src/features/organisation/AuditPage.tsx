import { useParams } from "@solidjs/router";
import ScrollText from "lucide-solid/icons/scroll-text";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createApiPages } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { actionText, actorText, subjectText } from "./action-text.ts";

/** Who did what in the organisation, the newest first. */
export function AuditPage(): JSX.Element {
  const params = useParams();
  const events = createApiPages(() => ({
    path: "audit.list",
    input: { organisation: params.organisation ?? "", limit: 50 },
  }));

  return (
    <ListState
      kind={listKind(events, { count: events.items.length })}
      what="audit events"
      error={errorMessage(events.error)}
      staleSince={staleSince(events)}
      onRetry={events.refetch}
      empty={
        <EmptyState
          icon={<ScrollText size={24} />}
          title="Nothing has been recorded yet"
          about="Every sign of a change stands here: who, what, where and when. Nobody can edit it."
        />
      }
    >
      <Table label="Audit log">
        <TableHead>
          <Header>When</Header>
          <Header>Who</Header>
          <Header>Did what</Header>
          <Header class="max-desk:hidden">Where</Header>
        </TableHead>
        <tbody>
          <For each={events.items}>
            {(event) => (
              <Row>
                <Cell class="whitespace-nowrap">
                  <RelativeTime at={event.at} />
                </Cell>
                <Cell class="max-w-40 truncate">{actorText(event.actor)}</Cell>
                <Cell class="w-full max-w-0">
                  <p class="truncate">
                    <span class="text-muted">{actionText(event.action)}</span>{" "}
                    <span class="font-mono text-code font-medium" title={event.subject}>
                      {subjectText(event.subject, event.environment)}
                    </span>
                  </p>
                </Cell>
                <Cell class="whitespace-nowrap text-muted max-desk:hidden">
                  {[event.project, event.environment].filter((it) => it !== null).join(" · ")}
                </Cell>
              </Row>
            )}
          </For>
        </tbody>
      </Table>
      <Show when={events.hasMore}>
        <div class="p-4 text-center">
          <Button busy={events.isLoadingMore} onClick={events.loadMore}>
            Show more
          </Button>
        </div>
      </Show>
    </ListState>
  );
}
