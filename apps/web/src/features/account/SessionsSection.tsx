import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Section } from "../../ui/Page.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { showToast } from "../../ui/toast.tsx";
import { agentName } from "./agent-name.ts";

const touches = ["account.sessions"];
const refused = (error: unknown) => showToast({ title: "Still signed in there", about: errorMessage(error), tone: "danger" });

/** Where one is signed in. */
export function SessionsSection(): JSX.Element {
  const sessions = createApiQuery(() => ({ path: "account.sessions", input: undefined }));
  const revoke = createAct({
    path: "account.revokeSession",
    touches,
    refused,
    done: () => showToast({ title: "Signed out there" }),
  });
  const revokeOthers = createAct({
    path: "account.revokeOtherSessions",
    touches,
    refused,
    done: () => showToast({ title: "Signed out everywhere else" }),
  });

  return (
    <Section
      title="Where you are signed in"
      actions={
        <Button
          size="small"
          busy={revokeOthers.isBusy()}
          disabled={(sessions.data?.length ?? 0) < 2}
          onClick={() => void revokeOthers.run(undefined)}
        >
          Sign out everywhere else
        </Button>
      }
    >
      <ListState
        kind={listKind(sessions, { count: sessions.data?.length ?? 0 })}
        what="sessions"
        error={errorMessage(sessions.error)}
        staleSince={staleSince(sessions)}
        onRetry={sessions.refetch}
        empty={null}
      >
        <ul>
          <For each={sessions.data}>
            {(session) => (
              <li class="flex min-h-11 items-center gap-2 border-b border-line py-1 last:border-0">
                <div class="min-w-0 flex-1">
                  <p class="truncate font-medium" title={session.userAgent ?? undefined}>
                    {agentName(session.userAgent)}
                  </p>
                  <p class="text-12 text-muted">
                    {session.address ?? "unknown address"}, since <RelativeTime at={session.signedInAt} />, last used{" "}
                    <RelativeTime at={session.lastUsedAt} />
                  </p>
                </div>
                <Show when={!session.isCurrent} fallback={<Chip tone="accent">this one</Chip>}>
                  <Button
                    size="small"
                    kind="quiet"
                    aria-label={`Sign out ${agentName(session.userAgent)} at ${session.address ?? "an unknown address"}`}
                    onClick={() => void revoke.run({ id: session.id })}
                  >
                    Sign out
                  </Button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </ListState>
    </Section>
  );
}
