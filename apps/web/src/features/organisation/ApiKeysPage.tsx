import { useParams } from "@solidjs/router";
import KeyRound from "lucide-solid/icons/key-round";
import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { act, createApiQuery } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { showToast } from "../../ui/toast.tsx";
import { keyState, RotateDialog } from "../keys/index.ts";
import { CreateApiKey } from "./CreateApiKey.tsx";
import { labelOf } from "./roles.ts";

type ApiKey = OutputOf<"apiKeys.list">[number];

/** Keys for programs that manage flags: scripts, pipelines, bots. */
export function ApiKeysPage(): JSX.Element {
  const params = useParams();
  const organisation = () => params.organisation ?? "";
  const permissions = createOwnPermissions(() => ({ organisation: organisation() }));
  const mayManage = () => permissions.may("MANAGE_API_KEYS");
  const [isCreating, setCreating] = createSignal(false);
  const [rotating, setRotating] = createSignal<ApiKey>();
  const [revoking, setRevoking] = createSignal<ApiKey>();
  const keys = createApiQuery(() => ({
    path: "apiKeys.list",
    input: { organisation: organisation() },
    enabled: mayManage() === true,
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
      disabled={mayManage() !== true}
    >
      New API key
    </Button>
  );

  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <p class="text-muted">
          {permissions.whyNot("MANAGE_API_KEYS") ??
            "For scripts and pipelines that change flags. To read flags, use an environment’s keys."}
        </p>
        <Show when={(keys.data?.length ?? 0) > 0}>{create()}</Show>
      </div>
      <ListState
        kind={mayManage() === false ? "no-permission" : listKind(keys, { count: keys.data?.length ?? 0 })}
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
                  <Cell class="text-muted">{labelOf(key.role)}</Cell>
                  <Cell align="right" class="max-desk:hidden">
                    <RelativeTime at={key.createdAt} />
                  </Cell>
                  <Cell align="right">
                    <Show when={key.lastUsedAt} fallback={<span class="text-faint">never</span>}>
                      {(at) => <RelativeTime at={at()} />}
                    </Show>
                  </Cell>
                  <Cell align="right" class="whitespace-nowrap">
                    <Show when={keyState(key) === "in force"}>
                      <Button
                        size="small"
                        kind="quiet"
                        aria-label={`Rotate ${key.name}`}
                        disabled={key.replacedBy !== null}
                        title={key.replacedBy === null ? undefined : "It was rotated already; its successor takes over."}
                        onClick={() => setRotating(key)}
                      >
                        Rotate
                      </Button>
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
      <Show when={rotating()}>
        {(key) => (
          <RotateDialog
            name={key().name}
            rotate={(until) => act("apiKeys.rotate", { organisation: organisation(), id: key().id, until })}
            touches="apiKeys"
            onClose={() => setRotating(undefined)}
          />
        )}
      </Show>
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
