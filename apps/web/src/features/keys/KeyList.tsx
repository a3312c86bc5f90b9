import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { act } from "../../lib/queries.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { cx } from "../../ui/cx.ts";
import { Section } from "../../ui/Page.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { showToast } from "../../ui/toast.tsx";
import { CreateKey } from "./CreateKey.tsx";
import type { EnvironmentKey } from "./key-state.ts";
import { isUsable, keyState } from "./key-state.ts";
import { RotateDialog } from "./RotateDialog.tsx";

interface KeyListProps {
  readonly kind: "client" | "server";
  readonly keys: readonly EnvironmentKey[];
  /** Why the viewer may not make or revoke keys; nothing if they may. */
  readonly whyNot: string | undefined;
}

const WORDS = {
  client: { title: "Client-side keys", about: "Public: they may stand in a page. They get answers, never rules." },
  server: { title: "Server keys", about: "Secret: whoever has one reads all rules of this environment." },
};

export function KeyList(props: KeyListProps): JSX.Element {
  const [isCreating, setCreating] = createSignal(false);
  const place = usePlace();
  const [rotating, setRotating] = createSignal<EnvironmentKey>();
  const [revoking, setRevoking] = createSignal<EnvironmentKey>();
  const inOrder = () => [...props.keys].sort((a, b) => Number(isUsable(b)) - Number(isUsable(a)));

  return (
    <Section
      title={WORDS[props.kind].title}
      about={WORDS[props.kind].about}
      actions={
        <Button
          size="small"
          icon={<Plus size={14} aria-hidden="true" />}
          disabled={props.whyNot !== undefined}
          onClick={() => setCreating(true)}
        >
          New key
        </Button>
      }
    >
      <Show when={props.keys.length === 0}>
        <p class="py-2 text-muted">
          {props.kind === "server" ? "None yet. Servers that decide by themselves need one." : "None yet."}
        </p>
      </Show>
      <ul class="flex flex-col">
        <For each={inOrder()}>
          {(key) => (
            <KeyRow
              environmentKey={key}
              mayChange={props.whyNot === undefined}
              onRotate={() => setRotating(key)}
              onRevoke={() => setRevoking(key)}
            />
          )}
        </For>
      </ul>
      <Show when={props.whyNot}>{(why) => <p class="pt-2 text-12 text-muted">{why()}</p>}</Show>
      <CreateKey kind={props.kind} open={isCreating()} onClose={() => setCreating(false)} />
      <Show when={rotating()}>
        {(key) => (
          <RotateDialog
            name={key().name}
            rotate={(until) => act("environmentKeys.rotate", { ...inputOf(place()), id: key().id, until })}
            touches="environmentKeys"
            onClose={() => setRotating(undefined)}
          />
        )}
      </Show>
      <RevokeKey environmentKey={revoking()} onClose={() => setRevoking(undefined)} />
    </Section>
  );
}

interface KeyRowProps {
  readonly environmentKey: EnvironmentKey;
  readonly mayChange: boolean;
  readonly onRotate: () => void;
  readonly onRevoke: () => void;
}

function KeyRow(props: KeyRowProps) {
  const state = () => keyState(props.environmentKey);

  return (
    <li class={cx("flex flex-col border-b border-line py-2 last:border-0", state() !== "in force" && "opacity-70")}>
      <div class="flex min-h-7 items-center gap-2">
        <span class="min-w-0 truncate font-medium">{props.environmentKey.name}</span>
        <Show when={state() !== "in force"}>
          <Chip tone={state() === "revoked" ? "neutral" : "scheduled"}>{state()}</Chip>
        </Show>
        <span class="flex-1" />
        <Show when={props.mayChange && state() === "in force"}>
          <Button
            size="small"
            kind="quiet"
            aria-label={`Rotate ${props.environmentKey.name}`}
            disabled={props.environmentKey.replacedBy !== null}
            title={props.environmentKey.replacedBy === null ? undefined : "It was rotated already; its successor takes over."}
            onClick={() => props.onRotate()}
          >
            Rotate
          </Button>
          <Button size="small" kind="quiet" aria-label={`Revoke ${props.environmentKey.name}`} onClick={() => props.onRevoke()}>
            Revoke
          </Button>
        </Show>
      </div>
      <div class="flex min-w-0 items-center gap-1">
        <code class="min-w-0 truncate font-mono text-code text-muted">{props.environmentKey.preview}</code>
        <Show when={props.environmentKey.kind === "client" && state() === "in force"}>
          <CopyButton text={props.environmentKey.preview} label={`Copy ${props.environmentKey.name}`} />
        </Show>
      </div>
      <p class="text-12 text-muted">
        Made <RelativeTime at={props.environmentKey.createdAt} />,{" "}
        <Show when={props.environmentKey.lastUsedAt} fallback="never used">
          {(at) => (
            <>
              last used <RelativeTime at={at()} />
            </>
          )}
        </Show>
        <Show when={state() === "in force" && props.environmentKey.expiresAt}>
          {(at) => (
            <>
              , ends <RelativeTime at={at()} />
            </>
          )}
        </Show>
      </p>
    </li>
  );
}

function RevokeKey(props: { readonly environmentKey: EnvironmentKey | undefined; readonly onClose: () => void }) {
  const place = usePlace();
  const revoke = createAct({
    path: "environmentKeys.revoke",
    touches: ["environmentKeys", "revisions"],
    done: (key) => {
      showToast({ title: `Revoked ${key.name}`, about: "Programs that use it are refused from now on." });
      props.onClose();
    },
    refused: (error) => showToast({ title: "Not revoked", about: errorMessage(error), tone: "danger" }),
  });

  return (
    <ConfirmDialog
      open={props.environmentKey !== undefined}
      onClose={() => props.onClose()}
      onConfirm={() => {
        const key = props.environmentKey;
        if (key) void revoke.run({ ...inputOf(place()), id: key.id });
      }}
      title={`Revoke ${props.environmentKey?.name ?? "this key"}?`}
      consequence={
        props.environmentKey?.lastUsedAt
          ? "Programs were using it: they are disconnected at once and go on with the last answers they have. It cannot be taken back."
          : "Nothing has used it so far. It cannot be taken back."
      }
      verb="Revoke key"
      typeName={props.environmentKey?.lastUsedAt ? props.environmentKey.name : undefined}
      danger
      busy={revoke.isBusy()}
    />
  );
}
