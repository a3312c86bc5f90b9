import { A } from "@solidjs/router";
import Plus from "lucide-solid/icons/plus";
import TagIcon from "lucide-solid/icons/tag";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Section } from "../../ui/Page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast.tsx";
import { SettingsColumn } from "./parts.tsx";
import type { Tag } from "./TagDialog.tsx";
import { TagDialog } from "./TagDialog.tsx";

/** The labels people put on flags. */
export function TagsSettings(): JSX.Element {
  const place = usePlace();
  const [editing, setEditing] = createSignal<Tag | "new">();
  const [deleting, setDeleting] = createSignal<Tag>();
  const tags = createApiQuery(() => ({ path: "tags.list", input: projectOf(place()) }));
  const remove = createAct({
    path: "tags.delete",
    touches: ["tags", "flags"],
    done: () => setDeleting(undefined),
    refused: (error) => showToast({ title: "Not deleted", about: errorMessage(error), tone: "danger" }),
  });
  const create = () => (
    <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setEditing("new")}>
      New tag
    </Button>
  );

  return (
    <>
      <ListState
        kind={listKind(tags, { count: tags.data?.length ?? 0 })}
        what="tags"
        error={errorMessage(tags.error)}
        staleSince={staleSince(tags)}
        onRetry={tags.refetch}
        empty={
          <EmptyState
            icon={<TagIcon size={24} />}
            title="No tags yet"
            about="Tags gather flags across people and time: a team, a quarter, a clean-up."
            actions={create()}
          />
        }
      >
        <SettingsColumn>
          <Section title="Tags" about="Labels to find flags by." actions={create()}>
            <ul>
              <For each={tags.data}>
                {(tag) => (
                  <li class="flex min-h-9 items-center gap-2 border-b border-line last:border-0 max-desk:min-h-13">
                    <span class="size-2.5 shrink-0 rounded-full" style={{ background: tag.colour }} aria-hidden="true" />
                    <span class="font-medium max-desk:min-w-0 max-desk:flex-1 max-desk:truncate">{tag.label}</span>
                    <span class="min-w-0 flex-1 truncate text-muted max-desk:hidden">{tag.description}</span>
                    <A
                      href={`${placePath({ ...place(), page: "flags" })}?tag=${encodeURIComponent(tag.label)}`}
                      class="text-12 whitespace-nowrap text-muted hover:underline"
                    >
                      {tag.flags === 1 ? "1 flag" : `${tag.flags} flags`}
                    </A>
                    <Button size="small" kind="quiet" aria-label={`Edit ${tag.label}`} onClick={() => setEditing(tag)}>
                      Edit
                    </Button>
                    <Button size="small" kind="quiet" aria-label={`Delete ${tag.label}`} onClick={() => setDeleting(tag)}>
                      Delete
                    </Button>
                  </li>
                )}
              </For>
            </ul>
          </Section>
        </SettingsColumn>
      </ListState>
      <Show when={editing()} keyed>
        {(tag) => <TagDialog tag={tag === "new" ? undefined : tag} onClose={() => setEditing(undefined)} />}
      </Show>
      <ConfirmDialog
        open={deleting() !== undefined}
        onClose={() => setDeleting(undefined)}
        onConfirm={() => {
          const tag = deleting();
          if (tag) void remove.run({ ...projectOf(place()), id: tag.id });
        }}
        title={`Delete the tag ${deleting()?.label ?? ""}?`}
        consequence={
          deleting()?.flags === 0
            ? "No flag has it."
            : `${deleting()?.flags ?? 0} flags lose it; what they answer stays the same.`
        }
        verb="Delete tag"
        danger
        busy={remove.isBusy()}
      />
    </>
  );
}
