import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Section } from "../../ui/Page.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { showToast } from "../../ui/toast.tsx";
import { labelOf } from "./roles.ts";

type Invitation = OutputOf<"invitations.list">[number];

/** "mel@example.com", "A link, used 2 of 5 times". */
function nameOf({ email, uses, maxUses }: Invitation): string {
  if (email !== null) return email;
  return maxUses === null ? `A link, used ${uses} times so far` : `A link, used ${uses} of ${maxUses} times`;
}

/** Invitations that can still be accepted. */
export function Invitations(props: { readonly organisation: string }): JSX.Element {
  const [revoking, setRevoking] = createSignal<Invitation>();
  const invitations = createApiQuery(() => ({ path: "invitations.list", input: { organisation: props.organisation } }));
  const revoke = createAct({
    path: "invitations.revoke",
    touches: ["invitations"],
    done: () => {
      showToast({ title: "Invitation revoked" });
      setRevoking(undefined);
    },
    refused: (error) => showToast({ title: "Not revoked", about: errorMessage(error), tone: "danger" }),
  });

  return (
    <div class="p-4">
      <Section title="Invitations" about="Sent and not accepted yet.">
        <ListState
          kind={listKind(invitations, { count: invitations.data?.length ?? 0 })}
          what="invitations"
          error={errorMessage(invitations.error)}
          staleSince={staleSince(invitations)}
          onRetry={invitations.refetch}
          empty={<p class="py-2 text-muted">None is open.</p>}
        >
          <ul>
            <For each={invitations.data}>
              {(invitation) => (
                <li class="flex min-h-11 items-center gap-3 border-b border-line py-1 last:border-0">
                  <div class="min-w-0 flex-1">
                    <p class="truncate font-medium">{nameOf(invitation)}</p>
                    <p class="text-12 text-muted">
                      {[labelOf(invitation.role), ...invitation.groups.map(({ name }) => name)].join(", ")}
                      <Show when={invitation.invitedBy}>{(name) => `, by ${name()}`}</Show>, ends{" "}
                      <RelativeTime at={invitation.expiresAt} />
                    </p>
                  </div>
                  <Button
                    size="small"
                    kind="quiet"
                    aria-label={`Revoke the invitation: ${nameOf(invitation)}`}
                    onClick={() => setRevoking(invitation)}
                  >
                    Revoke
                  </Button>
                </li>
              )}
            </For>
          </ul>
        </ListState>
      </Section>
      <ConfirmDialog
        open={revoking() !== undefined}
        onClose={() => setRevoking(undefined)}
        onConfirm={() => {
          const invitation = revoking();
          if (invitation) void revoke.run({ organisation: props.organisation, id: invitation.id });
        }}
        title="Revoke this invitation?"
        consequence="Nobody can join by it any more. Whoever has joined stays."
        verb="Revoke"
        danger
        busy={revoke.isBusy()}
      />
    </div>
  );
}
