import type { JSX } from "solid-js";
import { createEffect, createSignal, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { ListState } from "../../ui/ListState.tsx";
import { PageHeader } from "../../ui/Page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Connect } from "./Connect.tsx";
import { FirstRead } from "./FirstRead.tsx";
import { KeyList } from "./KeyList.tsx";
import { isUsable, lastUsed } from "./key-state.ts";

const WAITING_MS = 2_000;

/** How a program reads this environment: its keys, and code with them filled in. */
export function KeysPage(): JSX.Element {
  const place = usePlace();
  // Somebody waits for a program to ask; once one has, nothing on the page is urgent.
  const [everyMs, setEveryMs] = createSignal<number | undefined>(WAITING_MS);
  const permissions = createOwnPermissions(() => inputOf(place()));
  const whyNot = () => permissions.whyNot("MANAGE_ENVIRONMENT_KEYS");
  const keys = createApiQuery(() => ({ path: "environmentKeys.list", input: inputOf(place()), everyMs: everyMs() }));
  createEffect(() => setEveryMs(keys.data && lastUsed(keys.data) ? undefined : WAITING_MS));
  const of = (kind: "client" | "server") => (keys.data ?? []).filter((key) => key.kind === kind);
  const clientKey = () => of("client").find((key) => isUsable(key))?.preview;

  return (
    <>
      <PageHeader title="Keys" about="What programs read this environment's flags with." />
      <ListState
        kind={listKind(keys, { count: keys.data?.length ?? 0 })}
        what="keys"
        error={errorMessage(keys.error)}
        staleSince={staleSince(keys)}
        onRetry={keys.refetch}
        empty={<EmptyState title="No keys" about="Make a client-side key to connect the first program." />}
      >
        <div class="grid gap-4 px-4 pb-8 wide:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <div class="flex min-w-0 flex-col gap-4">
            <KeyList kind="client" keys={of("client")} whyNot={whyNot()} />
            <KeyList kind="server" keys={of("server")} whyNot={whyNot()} />
          </div>
          <Show
            when={clientKey()}
            fallback={<EmptyState title="No client-side key is in force" about="Make one, and the code to paste appears here." />}
          >
            {(key) => (
              <div class="flex min-w-0 flex-col gap-4 max-wide:order-first">
                <FirstRead keys={keys.data ?? []} />
                <Connect clientKey={key()} serverKey={of("server").find((it) => isUsable(it))?.preview} />
              </div>
            )}
          </Show>
        </div>
      </ListState>
    </>
  );
}
