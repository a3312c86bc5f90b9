import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { askForReset } from "../../lib/auth.ts";
import { createForm } from "../../lib/create-form.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { SIGN_IN } from "../../lib/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { EntryPage } from "../frame/index.ts";

/** Asks for a link to choose a new password; says the same whether or not there is such an account. */
export function ForgotPage(): JSX.Element {
  const methods = createApiQuery(() => ({ path: "account.signInMethods", input: undefined }));
  const [email, setEmail] = createSignal("");
  const [sentTo, setSentTo] = createSignal<string>();
  const form = createForm(() => {
    const address = email().trim();
    if (!/^\S+@\S+$/.test(address)) return "Write the e-mail address of your account.";
    return askForReset(address).then(() => void setSentTo(address));
  });

  return (
    <EntryPage title="Choose a new password">
      <Show
        when={sentTo()}
        fallback={
          <form novalidate class="flex flex-col gap-4" onSubmit={form.onSubmit}>
            <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
            <Field label="E-mail" hint="A link that is good for half an hour is mailed there.">
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
            <Button type="submit" kind="primary" busy={form.isBusy()}>
              Mail me a link
            </Button>
          </form>
        }
      >
        {(address) => (
          <Notice title="Look into your mail.">
            If {address()} has an account here, a link is on its way. It is good for half an hour and works once.
          </Notice>
        )}
      </Show>
      <Show when={methods.data?.mailIsSent === false}>
        <Notice>This server has no mail server yet: the link is written to its log, where whoever runs it can read it.</Notice>
      </Show>
      <A href={SIGN_IN} class="text-12 text-muted underline hover:text-ink max-desk:py-3">
        Back to sign in
      </A>
    </EntryPage>
  );
}
