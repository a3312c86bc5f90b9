import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { createChanges } from "../../lib/create-changes.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import { givenPassword, PasswordField } from "./PasswordField.tsx";

export type Profile = OutputOf<"account.profile">;

/** What others see of one, and where mail goes. */
export function ProfileSection(props: { readonly profile: Profile }): JSX.Element {
  const form = createChanges(() => props.profile);
  const [isMoving, setMoving] = createSignal(false);
  const save = createAct({
    path: "account.updateProfile",
    touches: ["account", "members"],
    done: ({ name }) => {
      form.discard();
      showToast({ title: `You are ${name} from now on` });
    },
  });

  return (
    <Section title="You">
      <form
        novalidate
        class="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run({ name: form.values().name });
        }}
      >
        <Field label="Name" class="flex-1 basis-56" error={fieldError(save.error(), "name") ?? formError(save.error(), ["name"])}>
          <TextInput autocomplete="name" value={form.values().name} onInput={(name) => form.set({ name })} />
        </Field>
        <Button type="submit" busy={save.isBusy()} disabled={!form.isChanged()}>
          Save
        </Button>
      </form>
      <div class="mt-3 flex flex-wrap items-center gap-2 border-t border-line pt-3">
        <p class="min-w-0 flex-1 truncate">
          <span class="text-muted">E-mail </span>
          {props.profile.email}
        </p>
        <Button size="small" onClick={() => setMoving(true)}>
          Change the address
        </Button>
      </div>
      <Show when={isMoving()}>
        <EmailDialog hasPassword={props.profile.hasPassword} onClose={() => setMoving(false)} />
      </Show>
    </Section>
  );
}

function EmailDialog(props: { readonly hasPassword: boolean; readonly onClose: () => void }) {
  const [email, setEmail] = createSignal("");
  const [password, setPassword] = createSignal("");
  const [sentTo, setSentTo] = createSignal<string>();
  const change = createAct({ path: "account.changeEmail", touches: [], done: (_, wish) => setSentTo(wish.email) });

  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title="Change the address"
      about="A link is mailed to the new one. Until it is opened, nothing changes."
    >
      <Show
        when={sentTo()}
        fallback={
          <form
            novalidate
            class="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              const given = givenPassword(props.hasPassword, password());
              void change.run({ email: email(), ...(given !== undefined && { password: given }) });
            }}
          >
            <Show when={formError(change.error(), ["email", "password"])}>
              {(message) => <Notice tone="danger">{message()}</Notice>}
            </Show>
            <Field label="New e-mail" error={fieldError(change.error(), "email")}>
              <TextInput type="email" placeholder="ada@example.com" value={email()} onInput={setEmail} />
            </Field>
            <PasswordField
              hasPassword={props.hasPassword}
              value={password()}
              onInput={setPassword}
              error={fieldError(change.error(), "password")}
            />
            <div class="flex justify-end gap-2">
              <Button onClick={() => props.onClose()}>Cancel</Button>
              <Button type="submit" kind="primary" busy={change.isBusy()}>
                Mail me a link
              </Button>
            </div>
          </form>
        }
      >
        {(address) => <Notice title="Look into your mail.">Open the link that was mailed to {address()}.</Notice>}
      </Show>
    </Dialog>
  );
}
