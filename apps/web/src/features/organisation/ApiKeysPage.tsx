import { useParams } from "@solidjs/router";
import KeyRound from "lucide-solid/icons/key-round";
import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { createOwnRole } from "../../lib/role.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { showToast } from "../../ui/toast.tsx";
import { keyState } from "../keys/index.ts";
import { CreateApiKey } from "./CreateApiKey.tsx";

type ApiKey = OutputOf<"apiKeys.list">[number];

/** Keys for programs that manage flags: scripts, pipelines, bots. */
export function ApiKeysPage(): JSX.Element {
  const params = useParams();
  const organisation = () => params.organisation ?? "";
  const role = createOwnRole(organisation);
  const [isCreating, setCreating] = createSignal(false);
  const [revoking, setRevoking] = createSignal<ApiKey>();
  const keys = createApiQuery(() => ({
    path: "apiKeys.list",
    input: { organisation: organisation() },
    enabled: role.isAdministrator() === true,
  }));
  const revoke = createAct({
    path: "apiKeys.revoke",
    touches: ["apiKeys"],
    done: (key) => {
      showToast({ title: `Revoked ${key.name}`, about: "Programs that use it are refused from now on." });
      setRevoking(undefined);
    },
    refused: (error) => showToast({ title: "Not revoked", about: errorMessage(error), tone: "danger" }),
  });
  const create = () => (
    <Button
      kind="primary"
      icon={<Plus size={14} aria-hidden="true" />}
      onClick={() => setCreating(true)}
      disabled={role.isAdministrator() !== true}
    >
      New API key
    </Button>
  );

  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <p class="text-muted">
          {role.whyNot() ?? "For scripts and pipelines that change flags. To read flags, use an environment’s keys."}
        </p>
        <Show when={(keys.data?.length ?? 0) > 0}>{create()}</Show>
      </div>
      <ListState
        kind={role.isAdministrator() === false ? "no-permission" : listKind(keys, { count: keys.data?.length ?? 0 })}
        what="API keys"
        error={errorMessage(keys.error)}
        staleSince={staleSince(keys)}
        onRetry={keys.refetch}
        empty={
          <EmptyState
            icon={<KeyRound size={24} />}
            title="No API keys yet"
            about="A program with an API key can do over REST what a person with its role can do here."
            actions={create()}
          />
        }
      >
        <Table label="API keys">
          <TableHead>
            <Header>Key</Header>
            <Header>Role</Header>
            <Header align="right" class="max-desk:hidden">
              Made
            </Header>
            <Header align="right">Last used</Header>
            <Header hidden>Revoke</Header>
          </TableHead>
          <tbody>
            <For each={keys.data}>
              {(key) => (
                <Row quiet={keyState(key) !== "in force"}>
                  <Cell class="w-full max-w-0">
                    <div class="flex items-center gap-2">
                      <span class="truncate font-medium">{key.name}</span>
                      <code class="truncate font-mono text-code text-faint max-desk:hidden">hal_{key.keyId}_…</code>
                      <Show when={keyState(key) !== "in force"}>
                        <Chip tone={keyState(key) === "expired" ? "scheduled" : "neutral"}>{keyState(key)}</Chip>
                      </Show>
                    </div>
                  </Cell>
                  <Cell class="text-muted">{key.role}</Cell>
                  <Cell align="right" class="max-desk:hidden">
                    <RelativeTime at={key.createdAt} />
                  </Cell>
                  <Cell align="right">
                    <Show when={key.lastUsedAt} fallback={<span class="text-faint">never</span>}>
                      {(at) => <RelativeTime at={at()} />}
                    </Show>
                  </Cell>
                  <Cell align="right">
                    <Show when={keyState(key) === "in force"}>
                      <Button size="small" kind="quiet" aria-label={`Revoke ${key.name}`} onClick={() => setRevoking(key)}>
                        Revoke
                      </Button>
                    </Show>
                  </Cell>
                </Row>
              )}
            </For>
          </tbody>
        </Table>
      </ListState>
      <CreateApiKey organisation={organisation()} open={isCreating()} onClose={() => setCreating(false)} />
      <ConfirmDialog
        open={revoking() !== undefined}
        onClose={() => setRevoking(undefined)}
        onConfirm={() => {
          const key = revoking();
          if (key) void revoke.run({ organisation: organisation(), id: key.id });
        }}
        title={`Revoke ${revoking()?.name ?? "this key"}?`}
        consequence="Programs that use it are refused from now on. It cannot be taken back."
        verb="Revoke key"
        danger
        busy={revoke.isBusy()}
      />
    </>
  );
}
