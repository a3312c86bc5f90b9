import { useSearchParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { usePlace } from "../../lib/use-place.ts";
import { Tag } from "../../ui/Chip.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { PageHeader } from "../../ui/Page.tsx";
import { History } from "./History.tsx";

const KINDS = ["flag", "segment", "identity"] as const;

/** What is typed is a flag's key unless it says otherwise: `segment:staff`. */
const toSubject = (text: string): string => (KINDS.some((kind) => text.startsWith(`${kind}:`)) ? text : `flag:${text}`);

export function HistoryPage(): JSX.Element {
  const place = usePlace();
  const [search, setSearch] = useSearchParams<{ subject?: string }>();
  let input: HTMLInputElement | undefined;

  return (
    <>
      <PageHeader
        title="History"
        about="Every change in this environment, newest first."
        actions={
          <form
            class="flex items-center gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              const text = input?.value.trim() ?? "";
              setSearch({ subject: text === "" ? undefined : toSubject(text) });
            }}
          >
            <TextInput
              ref={(element: HTMLInputElement) => {
                input = element;
              }}
              label="Only this flag, or segment:… or identity:…"
              placeholder="Flag key, Enter"
              mono
              class="w-60 max-desk:w-44"
              value={search.subject?.replace(/^flag:/, "") ?? ""}
              onInput={() => undefined}
            />
          </form>
        }
      />
      <Show when={search.subject}>
        {(subject) => (
          <p class="flex items-center gap-2 px-4 pb-2 text-muted">
            Only <Tag name={subject()} onRemove={() => setSearch({ subject: undefined })} />
          </p>
        )}
      </Show>
      <History place={place()} subject={search.subject} onClear={() => setSearch({ subject: undefined })} />
    </>
  );
}
