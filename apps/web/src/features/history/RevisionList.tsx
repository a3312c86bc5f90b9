import { A } from "@solidjs/router";
import ChevronRight from "lucide-solid/icons/chevron-right";
import type { JSX } from "solid-js";
import { createSignal, createUniqueId, For, Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { placePath } from "../../lib/place.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { cx } from "../../ui/cx.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import type { Revision } from "./revision-sentence.ts";
import { actorName, fieldName, fieldValue, revisionSentence } from "./revision-sentence.ts";

interface RevisionListProps {
  readonly revisions: readonly Revision[];
  readonly place: Place;
}

/** What changed, newest first, as sentences; each opens to its fields. */
export function RevisionList(props: RevisionListProps): JSX.Element {
  return (
    <ol class="flex flex-col border-t border-line" aria-label="Revisions">
      <For each={props.revisions}>{(revision) => <RevisionRow revision={revision} place={props.place} />}</For>
    </ol>
  );
}

function RevisionRow(props: { readonly revision: Revision; readonly place: Place }) {
  const id = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  const who = () => actorName(props.revision.actor);

  return (
    <li class="border-b border-line">
      <button
        type="button"
        aria-expanded={isOpen()}
        aria-controls={id}
        class="flex min-h-11 w-full items-center gap-3 px-4 py-1.5 text-left -outline-offset-2 transition-colors duration-[120ms] hover:bg-hover"
        onClick={() => setOpen(!isOpen())}
      >
        <ChevronRight
          size={14}
          aria-hidden="true"
          class={cx("shrink-0 text-faint transition-transform duration-[120ms]", isOpen() && "rotate-90")}
        />
        <span class="w-11 shrink-0 font-mono text-code text-faint">v{props.revision.version}</span>
        <span aria-hidden="true" class="inline-flex max-desk:hidden">
          <Avatar name={who()} square={props.revision.actor.startsWith("system:")} />
        </span>
        <span class="min-w-0 flex-1">
          <span class="font-medium">{who()}</span> {revisionSentence(props.revision)}
          <Show when={props.revision.comment}>
            <span class="block text-muted">“{props.revision.comment}”</span>
          </Show>
        </span>
        <RelativeTime at={props.revision.at} />
      </button>
      <Show when={isOpen()}>
        <RevisionFields id={id} revision={props.revision} place={props.place} />
      </Show>
    </li>
  );
}

const PAGES: Readonly<Record<string, string>> = { flag: "flags", segment: "segments", identity: "identities" };

function subjectHref(place: Place, subject: string): string | undefined {
  const at = subject.indexOf(":");
  const page = PAGES[subject.slice(0, at)];
  return page && placePath({ ...place, page: `${page}/${subject.slice(at + 1)}` });
}

function RevisionFields(props: { readonly id: string; readonly revision: Revision; readonly place: Place }) {
  const subjects = () => [...new Set(props.revision.changes.map(({ subject }) => subject))];

  return (
    <div id={props.id} class="animate-appear border-t border-line bg-sunken px-4 py-3 desk:pl-22">
      <Show
        when={subjects().length > 0}
        fallback={<p class="text-muted">Nothing that flags answer with changed in this environment.</p>}
      >
        <div class="flex flex-col gap-3 overflow-x-auto">
          <For each={subjects()}>
            {(subject) => (
              <table class="w-full max-w-[92ch] text-left align-top">
                <caption class="pb-1 text-left text-12 font-medium text-muted">
                  <Show when={subjectHref(props.place, subject)} fallback={subject}>
                    {(href) => (
                      <A href={href()} class="rounded-1 hover:text-ink hover:underline">
                        {subject.slice(subject.indexOf(":") + 1)}
                      </A>
                    )}
                  </Show>
                </caption>
                <thead class="sr-only">
                  <tr>
                    <th scope="col">Field</th>
                    <th scope="col">Before</th>
                    <th scope="col">After</th>
                  </tr>
                </thead>
                <tbody>
                  <For each={props.revision.changes.filter((change) => change.subject === subject)}>
                    {(change) => (
                      <tr class="align-top">
                        <th scope="row" class="w-52 py-0.5 pr-4 font-normal text-muted">
                          {fieldName(change.path)}
                        </th>
                        <td class="py-0.5 pr-4 font-mono text-code break-words whitespace-pre-wrap text-muted">
                          {fieldValue(change, change.before)}
                        </td>
                        <td class="py-0.5 font-mono text-code break-words whitespace-pre-wrap">
                          {fieldValue(change, change.after)}
                        </td>
                      </tr>
                    )}
                  </For>
                </tbody>
              </table>
            )}
          </For>
        </div>
      </Show>
    </div>
  );
}
