import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { givenPassword, PasswordField } from "./PasswordField.tsx";
import type { Profile } from "./ProfileSection.tsx";

type Linked = Profile["linkedAccounts"][number];

/** Places outside that one signs in with. */
export function LinkedSection(props: { readonly profile: Profile }): JSX.Element {
  const [unlinking, setUnlinking] = createSignal<Linked>();

  return (
    <Section title="Other ways to sign in" about="Signing in with one that knows your address links it.">
      <Show when={props.profile.linkedAccounts.length > 0} fallback={<p class="py-1 text-muted">None is linked.</p>}>
        <ul>
          <For each={props.profile.linkedAccounts}>
            {(linked) => (
              <li class="flex min-h-9 items-center gap-2 border-b border-line last:border-0">
                <span class="min-w-0 flex-1 truncate">
                  <span class="font-medium">{linked.provider}</span>
                  <span class="text-12 text-muted">
                    {" "}
                    since <RelativeTime at={linked.linkedAt} />
                  </span>
                </span>
                <Button size="small" kind="quiet" aria-label={`Unlink ${linked.provider}`} onClick={() => setUnlinking(linked)}>
                  Unlink
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={unlinking()}>
        {(linked) => (
          <UnlinkDialog linked={linked()} hasPassword={props.profile.hasPassword} onClose={() => setUnlinking(undefined)} />
        )}
      </Show>
    </Section>
  );
}

interface UnlinkDialogProps {
  readonly linked: Linked;
  readonly hasPassword: boolean;
  readonly onClose: () => void;
}

function UnlinkDialog(props: UnlinkDialogProps) {
  const [password, setPassword] = createSignal("");
  const unlink = createAct({ path: "account.unlinkAccount", touches: ["account"], done: () => props.onClose() });

  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={`Unlink ${props.linked.provider}?`}
      about="You no longer sign in with it, until you link it again."
    >
      <form
        novalidate
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const given = givenPassword(props.hasPassword, password());
          void unlink.run({ id: props.linked.id, ...(given !== undefined && { password: given }) });
        }}
      >
        <Show when={formError(unlink.error(), ["password"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <PasswordField
          hasPassword={props.hasPassword}
          value={password()}
          onInput={setPassword}
          error={fieldError(unlink.error(), "password")}
        />
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="danger" busy={unlink.isBusy()}>
            Unlink
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
