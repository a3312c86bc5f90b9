import { LIMITS } from "@halyard/contracts";
import { useQueryClient } from "@tanstack/solid-query";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { askForReset, changePassword } from "../../lib/auth.ts";
import { createForm } from "../../lib/create-form.ts";
import { invalidate } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import type { Profile } from "./ProfileSection.tsx";

const { min } = LIMITS.password;

/** Another password; for somebody without one, a link to choose the first. */
export function PasswordSection(props: { readonly profile: Profile }): JSX.Element {
  return (
    <Section title="Password">
      <Show when={props.profile.hasPassword} fallback={<FirstPassword email={props.profile.email} />}>
        <ChangePassword />
      </Show>
    </Section>
  );
}

function FirstPassword(props: { readonly email: string }) {
  const [isSent, setSent] = createSignal(false);
  const form = createForm(() => askForReset(props.email).then(() => void setSent(true)));

  return (
    <form class="flex flex-col items-start gap-3" onSubmit={form.onSubmit}>
      <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <p class="text-muted">You sign in from elsewhere and have no password here.</p>
      <Show when={!isSent()} fallback={<Notice>A link to choose one is on its way to {props.email}.</Notice>}>
        <Button type="submit" busy={form.isBusy()}>
          Mail me a link to choose one
        </Button>
      </Show>
    </form>
  );
}

function ChangePassword() {
  const client = useQueryClient();
  const [present, setPresent] = createSignal("");
  const [next, setNext] = createSignal("");
  const change = async () => {
    await changePassword(present(), next());
    setPresent("");
    setNext("");
    showToast({ title: "Password changed", about: "You are signed out everywhere else." });
    await invalidate(client, "account.sessions");
  };
  const form = createForm(() => {
    if (present() === "") return "Write your present password too.";
    return next().length < min ? `Use at least ${min} characters for the new password.` : change();
  });

  return (
    <form novalidate class="flex flex-col gap-3" onSubmit={form.onSubmit}>
      <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <div class="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
        <Field label="Present password">
          <TextInput type="password" autocomplete="current-password" value={present()} onInput={setPresent} />
        </Field>
        <Field label="New password" hint={`At least ${min} characters. Other sessions end.`}>
          <TextInput type="password" autocomplete="new-password" value={next()} onInput={setNext} />
        </Field>
      </div>
      <Button type="submit" class="self-start" busy={form.isBusy()}>
        Change password
      </Button>
    </form>
  );
}
