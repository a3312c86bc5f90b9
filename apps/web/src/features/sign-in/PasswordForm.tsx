import { useQueryClient } from "@tanstack/solid-query";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { signIn } from "../../lib/auth.ts";
import { createForm } from "../../lib/create-form.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";

interface PasswordFormProps {
  readonly onIn: () => void;
  readonly onNeedsCode: () => void;
}

export function PasswordForm(props: PasswordFormProps): JSX.Element {
  const client = useQueryClient();
  const [email, setEmail] = createSignal("");
  const [password, setPassword] = createSignal("");
  const enter = async () => {
    const outcome = await signIn(client, { email: email().trim(), password: password() });
    if (outcome === "in") props.onIn();
    else props.onNeedsCode();
  };
  const form = createForm(() =>
    email().trim() === "" || password() === "" ? "Write your e-mail address and your password." : enter(),
  );

  return (
    <form novalidate class="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <Field label="E-mail">
        <TextInput
          type="email"
          name="email"
          autocomplete="username"
          autofocus
          placeholder="ada@example.com"
          value={email()}
          onInput={setEmail}
        />
      </Field>
      <Field label="Password">
        <TextInput type="password" name="password" autocomplete="current-password" value={password()} onInput={setPassword} />
      </Field>
      <Button type="submit" kind="primary" busy={form.isBusy()}>
        Sign in
      </Button>
    </form>
  );
}
