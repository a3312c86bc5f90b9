import { useQueryClient } from "@tanstack/solid-query";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { endTwoFactor, renewRecoveryCodes } from "../../lib/auth.ts";
import { createForm } from "../../lib/create-form.ts";
import { invalidate } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import { givenPassword, PasswordField } from "./PasswordField.tsx";
import type { Profile } from "./ProfileSection.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";
import { TwoFactorSetupDialog } from "./TwoFactorSetupDialog.tsx";

const FEW_CODES = 3;

/** A code of an app after the password. */
export function TwoFactorSection(props: { readonly profile: Profile }): JSX.Element {
  const [opened, setOpened] = createSignal<"setup" | "end" | "renew">();
  const isOn = () => props.profile.twoFactor.isOn;
  const left = () => props.profile.twoFactor.recoveryCodesLeft;
  const close = () => setOpened(undefined);

  return (
    <Section
      title="Second factor"
      about="A code of an authenticator app, asked for after any way of signing in."
      actions={<Chip tone={isOn() ? "on" : "neutral"}>{isOn() ? "on" : "off"}</Chip>}
    >
      <For each={props.profile.waitingForTwoFactor}>
        {({ name }) => (
          <div class="pb-2">
            <Notice tone="scheduled">{name} asks for it: until it is on, that organisation is closed to you.</Notice>
          </div>
        )}
      </For>
      <Show
        when={isOn()}
        fallback={
          <Button kind="primary" onClick={() => setOpened("setup")}>
            Switch it on
          </Button>
        }
      >
        <div class="flex flex-wrap items-center gap-2">
          <p class={left() < FEW_CODES ? "flex-1 text-danger" : "flex-1 text-muted"}>
            {left() === 1 ? "1 recovery code is left." : `${left()} recovery codes are left.`}
          </p>
          <Button size="small" onClick={() => setOpened("renew")}>
            New recovery codes
          </Button>
          <Button size="small" onClick={() => setOpened("end")}>
            Switch it off
          </Button>
        </div>
      </Show>
      <Show when={opened() === "setup"}>
        <TwoFactorSetupDialog hasPassword={props.profile.hasPassword} onClose={close} />
      </Show>
      <Show when={opened() === "end"}>
        <EndDialog hasPassword={props.profile.hasPassword} onClose={close} />
      </Show>
      <Show when={opened() === "renew"}>
        <RenewDialog hasPassword={props.profile.hasPassword} onClose={close} />
      </Show>
    </Section>
  );
}

interface DialogProps {
  readonly hasPassword: boolean;
  readonly onClose: () => void;
}

function EndDialog(props: DialogProps) {
  const client = useQueryClient();
  const [password, setPassword] = createSignal("");
  const end = async () => {
    await endTwoFactor(givenPassword(props.hasPassword, password()));
    showToast({ title: "The second factor is off" });
    await invalidate(client, "account");
    props.onClose();
  };
  const form = createForm(() => (props.hasPassword && password() === "" ? "Write your password too." : end()));

  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title="Switch the second factor off?"
      about="Whoever learns your password can then sign in as you. Organisations that ask for it are closed to you."
    >
      <form novalidate class="flex flex-col gap-4" onSubmit={form.onSubmit}>
        <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <PasswordField hasPassword={props.hasPassword} value={password()} onInput={setPassword} />
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="danger" busy={form.isBusy()}>
            Switch it off
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RenewDialog(props: DialogProps) {
  const client = useQueryClient();
  const [password, setPassword] = createSignal("");
  const [codes, setCodes] = createSignal<readonly string[]>();
  const renew = async () => {
    setCodes(await renewRecoveryCodes(givenPassword(props.hasPassword, password())));
    await invalidate(client, "account.profile");
  };
  const form = createForm(() => (props.hasPassword && password() === "" ? "Write your password too." : renew()));

  return (
    <Dialog open onClose={() => props.onClose()} title="New recovery codes" about="The earlier ones no longer work then.">
      <Show
        when={codes()}
        fallback={
          <form novalidate class="flex flex-col gap-4" onSubmit={form.onSubmit}>
            <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
            <PasswordField hasPassword={props.hasPassword} value={password()} onInput={setPassword} />
            <div class="flex justify-end gap-2">
              <Button onClick={() => props.onClose()}>Cancel</Button>
              <Button type="submit" kind="primary" busy={form.isBusy()}>
                Make new ones
              </Button>
            </div>
          </form>
        }
      >
        {(made) => <RecoveryCodes codes={made()} onDone={() => props.onClose()} />}
      </Show>
    </Dialog>
  );
}
