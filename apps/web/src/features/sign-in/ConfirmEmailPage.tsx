import { A, useSearchParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createForm } from "../../lib/create-form.ts";
import { act } from "../../lib/queries.ts";
import { SIGN_IN } from "../../lib/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { EntryPage } from "../frame/index.ts";

/** What the link to a new address opens. A click takes it, so that a mail filter which opens links changes nothing. */
export function ConfirmEmailPage(): JSX.Element {
  const [params] = useSearchParams();
  const [taken, setTaken] = createSignal<string>();
  const token = () => (typeof params.token === "string" ? params.token : "");
  const form = createForm(() => act("account.confirmEmail", { token: token() }).then(({ email }) => void setTaken(email)));

  return (
    <EntryPage title="Your new address">
      <Show
        when={taken()}
        fallback={
          <form class="flex flex-col gap-4" onSubmit={form.onSubmit}>
            <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
            <p>From now on you sign in with the address this link was mailed to. You are signed out everywhere by this.</p>
            <Button type="submit" kind="primary" busy={form.isBusy()}>
              Use this address
            </Button>
          </form>
        }
      >
        {(email) => <Notice>You sign in with {email()} from now on.</Notice>}
      </Show>
      <A href={SIGN_IN} class="text-12 text-muted underline hover:text-ink max-desk:py-3">
        To sign in
      </A>
    </EntryPage>
  );
}
