import { useParams } from "@solidjs/router";
import UserPlus from "lucide-solid/icons/user-plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { createSession } from "../../lib/session.ts";
import { Button } from "../../ui/Button.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Header, Table, TableHead } from "../../ui/Table.tsx";
import { AddMember } from "./AddMember.tsx";
import { standingText } from "./grant-text.ts";
import { Invitations } from "./Invitations.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { MemberQuestions } from "./MemberQuestions.tsx";
import { MemberRow } from "./MemberRow.tsx";
import { createMemberWrites } from "./member-writes.ts";

/** Who has a part in the organisation, and which. */
export function MembersPage(): JSX.Element {
  const params = useParams();
  const organisation = () => params.organisation ?? "";
  const session = createSession();
  const permissions = createOwnPermissions(() => ({ organisation: organisation() }));
  const of = () => ({ input: { organisation: organisation() } });
  const members = createApiQuery(() => ({ path: "members.list", ...of() }));
  const groups = createApiQuery(() => ({ path: "groups.list", ...of() }));
  const grants = createApiQuery(() => ({ path: "grants.list", ...of() }));
  const [opened, setOpened] = createSignal<"invite" | "add">();
  const writes = createMemberWrites(organisation);
  const owners = () => (members.data ?? []).filter((it) => it.role === "owner");
  const mayAdd = () => permissions.may("MANAGE_MEMBERS") === true;

  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <p class="min-w-0 flex-1 basis-72 text-muted">
          {permissions.whyNot("MANAGE_MEMBERS") ??
            "A role here holds in the whole organisation. What holds in one project or environment only is granted under Access."}
        </p>
        <div class="flex flex-wrap gap-2">
          <Button disabled={!mayAdd()} onClick={() => setOpened("add")}>
            Add without mail
          </Button>
          <Button
            kind="primary"
            icon={<UserPlus size={14} aria-hidden="true" />}
            disabled={!mayAdd()}
            onClick={() => setOpened("invite")}
          >
            Invite
          </Button>
        </div>
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
            <Header hidden>More</Header>
          </TableHead>
          <tbody>
            <For each={members.data}>
              {(member) => (
                <MemberRow
                  member={member}
                  isViewer={member.userId === session.me()?.id}
                  isLastOwner={member.role === "owner" && owners().length === 1}
                  standing={standingText(member.userId, groups.data ?? [], grants.data ?? [])}
                  permissions={permissions}
                  onRole={(role) => void writes.setRole(member, role)}
                  onHandOver={() => writes.ask({ kind: "hand-over", member })}
                  onRemove={() => writes.ask({ kind: member.userId === session.me()?.id ? "leave" : "remove", member })}
                />
              )}
            </For>
          </tbody>
        </Table>
      </ListState>
      <Show when={mayAdd()}>
        <Invitations organisation={organisation()} />
      </Show>
      <InviteDialog organisation={organisation()} open={opened() === "invite"} onClose={() => setOpened(undefined)} />
      <AddMember organisation={organisation()} open={opened() === "add"} onClose={() => setOpened(undefined)} />
      <MemberQuestions writes={writes} />
    </>
  );
}
