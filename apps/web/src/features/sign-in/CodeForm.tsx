import { useQueryClient } from "@tanstack/solid-query";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { giveCode } from "../../lib/auth.ts";
import { createForm } from "../../lib/create-form.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";

const DIGITS = 6;

/** The second step: a code of the app, or one of the recovery codes for somebody whose phone is gone. */
export function CodeForm(props: { readonly onIn: () => void; readonly onBack: () => void }): JSX.Element {
  const client = useQueryClient();
  const [kind, setKind] = createSignal<"app" | "recovery">("app");
  const [code, setCode] = createSignal("");
  const enter = async () => {
    try {
      await giveCode(client, code().trim(), kind());
    } catch (error) {
      // The next code is another one.
      if (kind() === "app") setCode("");
      throw error;
    }
    props.onIn();
  };
  const form = createForm(() => {
    if (code().trim() !== "") return enter();
    return kind() === "app" ? "Write the six digits your app shows." : "Write one of your recovery codes.";
  });
  const type = (text: string) => {
    const next = kind() === "app" ? text.replace(/\D/g, "").slice(0, DIGITS) : text;
    setCode(next);
  };
  const change = () => {
    setKind(kind() === "app" ? "recovery" : "app");
    setCode("");
    form.setFailure(undefined);
  };

  return (
    <>
      <form novalidate class="flex flex-col gap-4" onSubmit={form.onSubmit}>
        <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Show
          when={kind() === "app"}
          fallback={
            <Field label="Recovery code" hint="One of those you kept when you switched the second factor on. It works once.">
              <TextInput mono name="recovery-code" autofocus placeholder="a1B2c-D3e4F" value={code()} onInput={type} />
            </Field>
          }
        >
          <Field label="Code" hint="Your authenticator app shows a new one every half minute.">
            <TextInput
              mono
              name="code"
              inputmode="numeric"
              autocomplete="one-time-code"
              autofocus
              placeholder="123456"
              value={code()}
              onInput={type}
            />
          </Field>
        </Show>
        <Button type="submit" kind="primary" busy={form.isBusy()}>
          Sign in
        </Button>
      </form>
      <div class="flex flex-wrap justify-between gap-x-4 gap-y-1">
        <Button kind="quiet" size="small" onClick={change}>
          {kind() === "app" ? "Use a recovery code" : "Use the app"}
        </Button>
        <Button kind="quiet" size="small" onClick={() => props.onBack()}>
          Somebody else
        </Button>
      </div>
    </>
  );
}
