import { useParams } from "@solidjs/router";
import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import { type CustomRole, RoleDialog } from "./RoleDialog.tsx";
import { RoleMatrix } from "./RoleMatrix.tsx";

/** What each role permits, and the roles the organisation made for itself. */
export function RolesPage(): JSX.Element {
  const params = useParams();
  const organisation = () => params.organisation ?? "";
  const permissions = createOwnPermissions(() => ({ organisation: organisation() }));
  const roles = createApiQuery(() => ({ path: "roles.list", input: { organisation: organisation() } }));
  const [editing, setEditing] = createSignal<number | "new">();
  const [deleting, setDeleting] = createSignal<CustomRole>();
  const edited = () => roles.data?.find(({ id }) => id === editing());
  const mayChange = () => permissions.may("MANAGE_ROLES") === true;
  const remove = createAct({
    path: "roles.delete",
    touches: ["roles"],
    done: () => setDeleting(undefined),
    refused: (error) => {
      setDeleting(undefined);
      showToast({ title: "Not deleted", about: errorMessage(error), tone: "danger" });
    },
  });

  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <p class="min-w-0 flex-1 basis-72 text-muted">
          {permissions.whyNot("MANAGE_ROLES") ??
            "The first four come with Halyard and never change. Make your own for what they do not fit, and grant it under Access."}
        </p>
        <Button
          kind="primary"
          icon={<Plus size={14} aria-hidden="true" />}
          disabled={!mayChange()}
          onClick={() => setEditing("new")}
        >
          New role
        </Button>
      </div>
      <ListState
        kind={listKind(roles, { count: roles.data === undefined ? 0 : 1 })}
        what="roles"
        error={errorMessage(roles.error)}
        staleSince={staleSince(roles)}
        onRetry={roles.refetch}
        empty={null}
      >
        <div class="flex flex-col gap-4 px-4">
          <Show when={(roles.data?.length ?? 0) > 0}>
            <Section title="Your own roles">
              <ul>
                <For each={roles.data}>
                  {(role) => (
                    <li class="flex min-h-11 items-center gap-2 border-b border-line last:border-0">
                      <div class="min-w-0 flex-1">
                        <p class="truncate font-medium">{role.name}</p>
                        <p class="truncate text-12 text-muted">{role.description || `${role.permissions.length} permissions`}</p>
                      </div>
                      <Button
                        size="small"
                        kind="quiet"
                        aria-label={`Edit ${role.name}`}
                        disabled={!mayChange()}
                        onClick={() => setEditing(role.id)}
                      >
                        Edit
                      </Button>
                      <Button
                        size="small"
                        kind="quiet"
                        aria-label={`Delete ${role.name}`}
                        disabled={!mayChange()}
                        onClick={() => setDeleting(role)}
                      >
                        Delete
                      </Button>
                    </li>
                  )}
                </For>
              </ul>
            </Section>
          </Show>
          <RoleMatrix custom={roles.data ?? []} />
        </div>
      </ListState>
      <Show when={editing()}>
        <RoleDialog organisation={organisation()} role={edited()} onClose={() => setEditing(undefined)} />
      </Show>
      <ConfirmDialog
        open={deleting() !== undefined}
        onClose={() => setDeleting(undefined)}
        onConfirm={() => {
          const role = deleting();
          if (role) void remove.run({ organisation: organisation(), id: role.id });
        }}
        title={`Delete ${deleting()?.name ?? "this role"}?`}
        consequence="Only a role that nobody holds can be deleted; withdraw its grants first."
        verb="Delete role"
        danger
        busy={remove.isBusy()}
      />
    </>
  );
}
