import { LIMITS } from "@halyard/contracts";
import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { signUp } from "../../lib/auth.ts";
import { createForm } from "../../lib/create-form.ts";
import { SIGN_IN } from "../../lib/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { EntryPage } from "../frame/index.ts";

const { min } = LIMITS.password;

/** An account of one's own, where the server lets anybody make one, or somebody was invited. */
export function SignUpPage(): JSX.Element {
  const [name, setName] = createSignal("");
  const [email, setEmail] = createSignal("");
  const [password, setPassword] = createSignal("");
  const [sentTo, setSentTo] = createSignal<string>();
  const form = createForm(() => {
    const wish = { name: name().trim(), email: email().trim(), password: password() };
    if (wish.name === "" || !/^\S+@\S+$/.test(wish.email)) return "Write your name and your e-mail address.";
    if (wish.password.length < min) return `Use at least ${min} characters for the password.`;
    return signUp(wish).then(() => void setSentTo(wish.email));
  });

  return (
    <EntryPage title="Make an account">
      <Show
        when={sentTo()}
        fallback={
          <form novalidate class="flex flex-col gap-4" onSubmit={form.onSubmit}>
            <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
            <Field label="Name">
              <TextInput name="name" autocomplete="name" autofocus placeholder="Ada Lovelace" value={name()} onInput={setName} />
            </Field>
            <Field label="E-mail" hint="A link to confirm it is mailed there.">
              <TextInput
                type="email"
                name="email"
                autocomplete="username"
                placeholder="ada@example.com"
                value={email()}
                onInput={setEmail}
              />
            </Field>
            <Field label="Password" hint={`At least ${min} characters; several words that do not belong together are best.`}>
              <TextInput type="password" name="password" autocomplete="new-password" value={password()} onInput={setPassword} />
            </Field>
            <Button type="submit" kind="primary" busy={form.isBusy()}>
              Make the account
            </Button>
          </form>
        }
      >
        {(address) => <Notice title="Look into your mail.">Open the link that was mailed to {address()}, then sign in.</Notice>}
      </Show>
      <A href={SIGN_IN} class="text-12 text-muted underline hover:text-ink max-desk:py-3">
        Back to sign in
      </A>
    </EntryPage>
  );
}
