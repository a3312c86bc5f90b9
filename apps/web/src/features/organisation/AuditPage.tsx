import { A, useLocation, useParams } from "@solidjs/router";
import Download from "lucide-solid/icons/download";
import ScrollText from "lucide-solid/icons/scroll-text";
import type { JSX } from "solid-js";
import { For } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiPages } from "../../lib/queries.ts";
import { buttonClass } from "../../ui/Button.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { MoreRows } from "../../ui/MoreRows.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { AuditFilterBar } from "./AuditFilterBar.tsx";
import { actionText, actorText, subjectText } from "./action-text.ts";
import { auditInput, createAuditFilters, exportHref } from "./use-audit-filters.ts";
import { Verification } from "./Verification.tsx";

type Event = OutputOf<"audit.list">["items"][number];

const FORMATS = [
  { format: "jsonl", label: "JSON lines" },
  { format: "csv", label: "CSV" },
] as const;

/** Who did what in the organisation, the newest first. */
export function AuditPage(): JSX.Element {
  const params = useParams();
  const organisation = () => params.organisation ?? "";
  const { filters, change, clear } = createAuditFilters();
  const permissions = createOwnPermissions(() => ({ organisation: organisation() }));
  const events = createApiPages(() => ({
    path: "audit.list",
    input: { ...auditInput(organisation(), filters()), limit: 50 },
    enabled: permissions.may("VIEW_AUDIT_LOG") !== false,
  }));
  const isFiltered = () => Object.keys(filters()).length > 0;
  const isClosed = () => permissions.may("VIEW_AUDIT_LOG") === false;

  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <p class="min-w-0 flex-1 basis-72 text-muted">
          {permissions.whyNot("VIEW_AUDIT_LOG") ??
            "Nobody can edit it: each line is chained to the one before, and that can be checked."}
        </p>
        <div class="flex flex-wrap gap-2">
          <For each={FORMATS}>
            {({ format, label }) => (
              <a
                href={exportHref(organisation(), filters(), format)}
                download={`${organisation()}-audit.${format}`}
                target="_self"
                rel="external"
                class={buttonClass("default", "medium")}
                aria-label={`Export as ${label}`}
              >
                <Download size={14} aria-hidden="true" />
                {label}
              </a>
            )}
          </For>
        </div>
      </div>
      <Verification organisation={organisation()} />
      <AuditFilterBar organisation={organisation()} filters={filters()} onChange={change} />
      <ListState
        kind={isClosed() ? "no-permission" : listKind(events, { count: events.items.length, isFiltered: isFiltered() })}
        what="audit events"
        error={errorMessage(events.error)}
        staleSince={staleSince(events)}
        onRetry={events.refetch}
        onClearFilters={clear}
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
            <For each={events.items}>{(event) => <EventRow organisation={organisation()} event={event} />}</For>
          </tbody>
        </Table>
        <MoreRows has={events.hasMore} busy={events.isLoadingMore} onMore={events.loadMore} what="events" />
      </ListState>
    </>
  );
}

function EventRow(props: { readonly organisation: string; readonly event: Event }) {
  const location = useLocation();

  return (
    <Row>
      <Cell class="whitespace-nowrap">
        <RelativeTime at={props.event.at} />
      </Cell>
      <Cell class="max-w-40 truncate max-desk:max-w-20">{actorText(props.event.actor)}</Cell>
      <Cell class="w-full max-w-0">
        <A
          href={`/${props.organisation}/~/audit/${props.event.id}${location.search}`}
          class="block truncate rounded-1 hover:underline"
        >
          <span class="text-muted">{actionText(props.event.action)}</span>{" "}
          <span class="font-mono text-code font-medium" title={props.event.subject}>
            {subjectText(props.event)}
          </span>
        </A>
      </Cell>
      <Cell class="whitespace-nowrap text-muted max-desk:hidden">
        {[props.event.project, props.event.environment].filter((it) => it !== null).join(" · ")}
      </Cell>
    </Row>
  );
}
