import { useNavigate } from "@solidjs/router";
import { useQueryClient } from "@tanstack/solid-query";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { SIGN_IN } from "../../lib/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { givenPassword, PasswordField } from "./PasswordField.tsx";
import type { Profile } from "./ProfileSection.tsx";

/** The way out for good. */
export function DeleteSection(props: { readonly profile: Profile }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);

  return (
    <Section
      title="Delete this account"
      about="Your name, address, sessions and memberships are forgotten. The only owner of an organisation hands it over first."
    >
      <Button onClick={() => setOpen(true)}>Delete account…</Button>
      <Show when={isOpen()}>
        <DeleteDialog profile={props.profile} onClose={() => setOpen(false)} />
      </Show>
    </Section>
  );
}

function DeleteDialog(props: { readonly profile: Profile; readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [confirm, setConfirm] = createSignal("");
  const [password, setPassword] = createSignal("");
  const remove = createAct({
    path: "account.delete",
    touches: [],
    done: () => {
      client.clear();
      navigate(SIGN_IN, { replace: true });
    },
  });

  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title="Delete this account?"
      about="It cannot be taken back. What you did stays in history, by somebody who was deleted."
    >
      <form
        novalidate
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const given = givenPassword(props.profile.hasPassword, password());
          void remove.run({ confirm: confirm(), ...(given !== undefined && { password: given }) });
        }}
      >
        <Show when={formError(remove.error(), ["confirm", "password"])}>
          {(message) => <Notice tone="danger">{message()}</Notice>}
        </Show>
        <Field label={`Type ${props.profile.email} to confirm`} error={fieldError(remove.error(), "confirm")}>
          <TextInput mono value={confirm()} onInput={setConfirm} />
        </Field>
        <PasswordField
          hasPassword={props.profile.hasPassword}
          value={password()}
          onInput={setPassword}
          error={fieldError(remove.error(), "password")}
        />
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="danger" busy={remove.isBusy()} disabled={confirm() !== props.profile.email}>
            Delete account
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
