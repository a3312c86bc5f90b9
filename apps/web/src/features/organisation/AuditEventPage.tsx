import { A, useLocation, useParams } from "@solidjs/router";
import ArrowLeft from "lucide-solid/icons/arrow-left";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { errorMessage, toErrorBody } from "../../lib/errors.ts";
import { listKind } from "../../lib/list-kind.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { buttonClass } from "../../ui/Button.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Section } from "../../ui/Page.tsx";
import { exactTime } from "../../ui/RelativeTime.tsx";
import { NotFoundPage } from "../frame/index.ts";
import { actionText, actorText, subjectText } from "./action-text.ts";
import { fieldChanges } from "./field-changes.ts";

type Entry = OutputOf<"audit.get">;

/** One line of the audit log with all that is known of it. */
export function AuditEventPage(): JSX.Element {
  const params = useParams();
  const location = useLocation();
  const event = createApiQuery(() => ({
    path: "audit.get",
    input: { organisation: params.organisation ?? "", id: Number(params.event) },
  }));
  const isUnknown = () => event.error !== undefined && ["not_found", "invalid"].includes(toErrorBody(event.error).code);

  return (
    <Show when={!isUnknown()} fallback={<NotFoundPage />}>
      <div class="flex flex-col gap-4 p-4">
        <A href={`/${params.organisation ?? ""}/~/audit${location.search}`} class={`${buttonClass("quiet", "small")} self-start`}>
          <ArrowLeft size={14} aria-hidden="true" />
          All events
        </A>
        <ListState
          kind={listKind(event, { count: event.data ? 1 : 0 })}
          what="audit event"
          error={errorMessage(event.error)}
          onRetry={event.refetch}
          empty={null}
        >
          <Show when={event.data}>{(it) => <EventDetail entry={it()} />}</Show>
        </ListState>
      </div>
    </Show>
  );
}

function EventDetail(props: { readonly entry: Entry }) {
  const facts = (): readonly (readonly [string, string])[] => [
    ["When", exactTime(new Date(props.entry.at))],
    ["Who", `${actorText(props.entry.actor)} (${props.entry.actorRef})`],
    ["Action", props.entry.action],
    ["Subject", props.entry.subject],
    ["Where", [props.entry.project, props.entry.environment].filter((it) => it !== null).join(" · ") || "the whole organisation"],
    ["From address", props.entry.address ?? "not known, or forgotten"],
    ["Request", props.entry.requestId ?? "none"],
    ["Seal", props.entry.seal === null ? "within the next second" : `number ${props.entry.seal}`],
    ["Link in the chain", props.entry.link ?? "within the next second"],
  ];
  const changes = () => fieldChanges(props.entry.before, props.entry.after);

  return (
    <>
      <h2 class="text-16 font-semibold">
        {actorText(props.entry.actor)} {actionText(props.entry.action)}{" "}
        <span class="font-mono text-code">{subjectText(props.entry)}</span>
      </h2>
      <Section title="What changed">
        <Show when={changes().length > 0} fallback={<p class="py-1 text-muted">Nothing is recorded but that it happened.</p>}>
          <div class="overflow-x-auto">
            <table class="w-full text-left">
              <caption class="sr-only">Before and after</caption>
              <thead class="text-12 text-faint">
                <tr>
                  <th scope="col" class="py-1 pr-4 font-medium">
                    Field
                  </th>
                  <th scope="col" class="py-1 pr-4 font-medium">
                    Before
                  </th>
                  <th scope="col" class="py-1 font-medium">
                    After
                  </th>
                </tr>
              </thead>
              <tbody>
                <For each={changes()}>
                  {({ field, before, after }) => (
                    <tr class="align-top">
                      <th scope="row" class="py-1 pr-4 font-normal text-muted">
                        {field}
                      </th>
                      <td class="py-1 pr-4 font-mono text-code break-words whitespace-pre-wrap text-muted">{before ?? "–"}</td>
                      <td class="py-1 font-mono text-code break-words whitespace-pre-wrap">{after ?? "–"}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </Show>
      </Section>
      <Section title="All that is known">
        <dl class="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
          <For each={facts()}>
            {([name, value]) => (
              <>
                <dt class="text-muted">{name}</dt>
                <dd class="break-words whitespace-pre-line">{value}</dd>
              </>
            )}
          </For>
        </dl>
      </Section>
    </>
  );
}
