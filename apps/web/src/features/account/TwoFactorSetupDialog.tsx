import { useQueryClient } from "@tanstack/solid-query";
import type { JSX } from "solid-js";
import { createSignal, Match, Show, Switch } from "solid-js";
import { beginTwoFactor, confirmTwoFactor, type TwoFactorSetup } from "../../lib/auth.ts";
import { createForm } from "../../lib/create-form.ts";
import { invalidate } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { QrCode } from "../../ui/QrCode.tsx";
import { showToast } from "../../ui/toast.tsx";
import { givenPassword, PasswordField } from "./PasswordField.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";

interface TwoFactorSetupDialogProps {
  readonly hasPassword: boolean;
  readonly onClose: () => void;
}

const DIGITS = 6;

/** Password, then the code for the camera and a first code back, then the recovery codes. */
export function TwoFactorSetupDialog(props: TwoFactorSetupDialogProps): JSX.Element {
  const client = useQueryClient();
  const [password, setPassword] = createSignal("");
  const [setup, setSetup] = createSignal<TwoFactorSetup>();
  const [isOn, setOn] = createSignal(false);
  const begin = createForm(() => {
    if (props.hasPassword && password() === "") return "Write your password too.";
    return beginTwoFactor(givenPassword(props.hasPassword, password())).then((begun) => void setSetup(begun));
  });
  const finish = () => {
    showToast({ title: "The second factor is on" });
    props.onClose();
  };

  return (
    <Dialog open onClose={() => (isOn() ? finish() : props.onClose())} title="Switch the second factor on">
      <Switch
        fallback={
          <form novalidate class="flex flex-col gap-4" onSubmit={begin.onSubmit}>
            <Show when={begin.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
            <PasswordField hasPassword={props.hasPassword} value={password()} onInput={setPassword} />
            <div class="flex justify-end gap-2">
              <Button onClick={() => props.onClose()}>Cancel</Button>
              <Button type="submit" kind="primary" busy={begin.isBusy()}>
                Go on
              </Button>
            </div>
          </form>
        }
      >
        <Match when={isOn() && setup()}>{(begun) => <RecoveryCodes codes={begun().recoveryCodes} onDone={finish} />}</Match>
        <Match when={setup()}>
          {(begun) => (
            <Scan
              address={begun().address}
              onClose={() => props.onClose()}
              onConfirmed={() => {
                setOn(true);
                void invalidate(client, "account");
              }}
            />
          )}
        </Match>
      </Switch>
    </Dialog>
  );
}

interface ScanProps {
  readonly address: string;
  readonly onClose: () => void;
  readonly onConfirmed: () => void;
}

function Scan(props: ScanProps) {
  const [code, setCode] = createSignal("");
  const secret = () => new URL(props.address).searchParams.get("secret") ?? "";
  const confirm = async () => {
    await confirmTwoFactor(code());
    props.onConfirmed();
  };
  const form = createForm(() => {
    if (code().length !== DIGITS) return "Write the six digits your app shows.";
    return confirm();
  });

  return (
    <form novalidate class="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <div class="flex flex-wrap items-start gap-4">
        <QrCode text={props.address} label="Code to scan with the authenticator app" />
        <div class="min-w-0 flex-1 basis-40">
          <p>Scan it with an authenticator app, then write the code it shows.</p>
          <p class="mt-2 text-12 text-muted">Without a camera, type this key:</p>
          <code class="font-mono text-code break-all">{secret()}</code>
        </div>
      </div>
      <Field label="Code">
        <TextInput
          mono
          inputmode="numeric"
          autocomplete="one-time-code"
          placeholder="123456"
          value={code()}
          onInput={(text) => setCode(text.replace(/\D/g, "").slice(0, DIGITS))}
        />
      </Field>
      <div class="flex justify-end gap-2">
        <Button onClick={() => props.onClose()}>Cancel</Button>
        <Button type="submit" kind="primary" busy={form.isBusy()}>
          Switch it on
        </Button>
      </div>
    </form>
  );
}
