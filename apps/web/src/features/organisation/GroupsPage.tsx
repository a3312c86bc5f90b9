import { useParams } from "@solidjs/router";
import Plus from "lucide-solid/icons/plus";
import Users from "lucide-solid/icons/users";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { AvatarStack } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { showToast } from "../../ui/toast.tsx";
import { GroupDialog } from "./GroupDialog.tsx";

type Group = OutputOf<"groups.list">[number];

/** Groups of members, which roles can be granted to at once. */
export function GroupsPage(): JSX.Element {
  const params = useParams();
  const organisation = () => params.organisation ?? "";
  const permissions = createOwnPermissions(() => ({ organisation: organisation() }));
  const groups = createApiQuery(() => ({ path: "groups.list", input: { organisation: organisation() } }));
  const [editing, setEditing] = createSignal<number | "new">();
  const [deleting, setDeleting] = createSignal<Group>();
  const mayChange = () => permissions.may("MANAGE_USER_GROUPS") === true;
  const remove = createAct({
    path: "groups.delete",
    touches: ["groups", "grants", "permissions"],
    done: () => setDeleting(undefined),
    refused: (error) => showToast({ title: "Not deleted", about: errorMessage(error), tone: "danger" }),
  });
  const create = () => (
    <Button kind="primary" icon={<Plus size={14} aria-hidden="true" />} disabled={!mayChange()} onClick={() => setEditing("new")}>
      New group
    </Button>
  );

  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <p class="min-w-0 flex-1 basis-72 text-muted">
          {permissions.whyNot("MANAGE_USER_GROUPS") ??
            "What is granted to a group holds for everybody in it, and for nobody who leaves it."}
        </p>
        <Show when={(groups.data?.length ?? 0) > 0}>{create()}</Show>
      </div>
      <ListState
        kind={listKind(groups, { count: groups.data?.length ?? 0 })}
        what="groups"
        error={errorMessage(groups.error)}
        staleSince={staleSince(groups)}
        onRetry={groups.refetch}
        empty={
          <EmptyState
            icon={<Users size={24} />}
            title="No groups yet"
            about="Make one for each team, then grant it what the team works on."
            actions={create()}
          />
        }
      >
        <Table label="Groups">
          <TableHead>
            <Header>Group</Header>
            <Header>People</Header>
            <Header hidden>Change</Header>
          </TableHead>
          <tbody>
            <For each={groups.data}>
              {(group) => (
                <Row class="h-12!">
                  <Cell class="w-full max-w-0">
                    <p class="flex items-center gap-2">
                      <span class="truncate font-medium">{group.name}</span>
                      <Show when={group.isDefault}>
                        <Chip title="Whoever becomes a member is put in.">everybody new</Chip>
                      </Show>
                    </p>
                    <p class="truncate text-12 text-muted">{group.description}</p>
                  </Cell>
                  <Cell class="whitespace-nowrap">
                    <Show when={group.members.length > 0} fallback={<span class="text-faint">nobody</span>}>
                      <AvatarStack names={group.members.map(({ name }) => name)} />
                    </Show>
                  </Cell>
                  <Cell align="right" class="whitespace-nowrap">
                    <Button
                      size="small"
                      kind="quiet"
                      aria-label={`Edit ${group.name}`}
                      disabled={!mayChange()}
                      onClick={() => setEditing(group.id)}
                    >
                      Edit
                    </Button>
                    <Button
                      size="small"
                      kind="quiet"
                      aria-label={`Delete ${group.name}`}
                      disabled={!mayChange()}
                      onClick={() => setDeleting(group)}
                    >
                      Delete
                    </Button>
                  </Cell>
                </Row>
              )}
            </For>
          </tbody>
        </Table>
      </ListState>
      <Show when={editing()}>
        {(id) => (
          <GroupDialog
            organisation={organisation()}
            group={groups.data?.find((it) => it.id === id())}
            onClose={() => setEditing(undefined)}
          />
        )}
      </Show>
      <ConfirmDialog
        open={deleting() !== undefined}
        onClose={() => setDeleting(undefined)}
        onConfirm={() => {
          const group = deleting();
          if (group) void remove.run({ organisation: organisation(), id: group.id });
        }}
        title={`Delete ${deleting()?.name ?? "this group"}?`}
        consequence={`${deleting()?.members.length ?? 0} people lose what was granted to it; they stay members.`}
        verb="Delete group"
        danger
        busy={remove.isBusy()}
      />
    </>
  );
}
