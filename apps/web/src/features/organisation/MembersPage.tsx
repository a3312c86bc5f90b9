import { useParams } from "@solidjs/router";
import UserPlus from "lucide-solid/icons/user-plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { createOwnRole } from "../../lib/role.ts";
import { createSession } from "../../lib/session.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Select } from "../../ui/Select.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { showToast } from "../../ui/toast.tsx";
import { AddMember } from "./AddMember.tsx";
import { labelOf, rolesWith } from "./roles.ts";

type Member = OutputOf<"members.list">[number];

/** Who has a part in the organisation, and which. */
export function MembersPage(): JSX.Element {
  const params = useParams();
  const organisation = () => params.organisation ?? "";
  const session = createSession();
  const role = createOwnRole(organisation);
  const members = createApiQuery(() => ({ path: "members.list", input: { organisation: organisation() } }));
  const [isAdding, setAdding] = createSignal(false);
  const [removing, setRemoving] = createSignal<Member>();
  const touches = ["members", "account"];
  const refused = (error: unknown) => showToast({ title: "Not changed", about: errorMessage(error), tone: "danger" });
  const setRole = createAct({
    path: "members.setRole",
    touches,
    refused,
    done: (member) => showToast({ title: `${member.name} has the role ${labelOf(member.role)} now` }),
  });
  const remove = createAct({ path: "members.remove", touches, refused, done: () => setRemoving(undefined) });

  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <p class="text-muted">
          {role.whyNot() ?? "Viewers look, editors change flags, segments and identities, admins also people, keys and settings."}
        </p>
        <Button
          kind="primary"
          icon={<UserPlus size={14} aria-hidden="true" />}
          disabled={role.isAdministrator() !== true}
          onClick={() => setAdding(true)}
        >
          Add somebody
        </Button>
      </div>
      <ListState
        kind={listKind(members, { count: members.data?.length ?? 0 })}
        what="members"
        error={errorMessage(members.error)}
        staleSince={staleSince(members)}
        onRetry={members.refetch}
        empty={null}
      >
        <Table label="Members">
          <TableHead>
            <Header>Person</Header>
            <Header>Role</Header>
            <Header align="right" class="max-desk:hidden">
              Since
            </Header>
            <Header hidden>Remove</Header>
          </TableHead>
          <tbody>
            <For each={members.data}>
              {(member) => (
                <Row class="h-12!">
                  <Cell class="w-full max-w-0">
                    <div class="flex items-center gap-3">
                      <span aria-hidden="true" class="inline-flex max-desk:hidden">
                        <Avatar name={member.name} large />
                      </span>
                      <div class="min-w-0">
                        <p class="truncate font-medium">
                          {member.name}
                          <Show when={member.userId === session.me()?.id}>
                            <span class="font-normal text-faint"> (you)</span>
                          </Show>
                        </p>
                        <p class="truncate text-12 text-muted">{member.email}</p>
                      </div>
                    </div>
                  </Cell>
                  <Cell>
                    <Select
                      class="w-36"
                      label={`Role of ${member.name}`}
                      hideLabel
                      choices={rolesWith(member.role)}
                      value={member.role ?? "none"}
                      disabled={role.isAdministrator() !== true}
                      onChange={(value) =>
                        void setRole.run({
                          organisation: organisation(),
                          userId: member.userId,
                          role: value === "none" ? null : value,
                        })
                      }
                    />
                  </Cell>
                  <Cell align="right" class="max-desk:hidden">
                    <RelativeTime at={member.createdAt} />
                  </Cell>
                  <Cell align="right">
                    <Button
                      size="small"
                      kind="quiet"
                      aria-label={`Remove ${member.name}`}
                      disabled={role.isAdministrator() !== true}
                      onClick={() => setRemoving(member)}
                    >
                      Remove
                    </Button>
                  </Cell>
                </Row>
              )}
            </For>
          </tbody>
        </Table>
      </ListState>
      <AddMember organisation={organisation()} open={isAdding()} onClose={() => setAdding(false)} />
      <ConfirmDialog
        open={removing() !== undefined}
        onClose={() => setRemoving(undefined)}
        onConfirm={() => {
          const member = removing();
          if (member) void remove.run({ organisation: organisation(), userId: member.userId });
        }}
        title={`Remove ${removing()?.name ?? "them"}?`}
        consequence="They no longer see this organisation. Their account stays, and so does the history of what they did."
        verb="Remove"
        danger
        busy={remove.isBusy()}
      />
    </>
  );
}
