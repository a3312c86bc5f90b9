import { LIMITS } from "@halyard/contracts";
import { A, useNavigate, useSearchParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { resetPassword } from "../../lib/auth.ts";
import { createForm } from "../../lib/create-form.ts";
import { FORGOT, SIGN_IN } from "../../lib/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { EntryPage } from "../frame/index.ts";

const { min, max } = LIMITS.password;

/** What the mailed link opens. */
export function ResetPage(): JSX.Element {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [password, setPassword] = createSignal("");
  const token = () => (typeof params.token === "string" ? params.token : "");
  const form = createForm(() => {
    if (password().length < min) return `Use at least ${min} characters.`;
    if (password().length > max) return `Use at most ${max} characters.`;
    return resetPassword(token(), password()).then(() => navigate(`${SIGN_IN}?changed=1`, { replace: true }));
  });

  return (
    <EntryPage title="Your new password">
      <Show
        when={token() !== ""}
        fallback={<Notice tone="danger">This link is cut: open the whole link from the mail, or ask for a new one.</Notice>}
      >
        <form novalidate class="flex flex-col gap-4" onSubmit={form.onSubmit}>
          <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
          <Field label="New password" hint={`At least ${min} characters; several words that do not belong together are best.`}>
            <TextInput
              type="password"
              name="new-password"
              autocomplete="new-password"
              autofocus
              value={password()}
              onInput={setPassword}
            />
          </Field>
          <Button type="submit" kind="primary" busy={form.isBusy()}>
            Set the password
          </Button>
          <p class="text-12 text-muted">You are signed out everywhere else by this. A second factor stays on.</p>
        </form>
      </Show>
      <A href={FORGOT} class="text-12 text-muted underline hover:text-ink max-desk:py-3">
        Ask for a new link
      </A>
    </EntryPage>
  );
}
