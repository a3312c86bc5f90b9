import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Select } from "../../ui/Select.tsx";
import { showToast } from "../../ui/toast.tsx";
import { type GivenRole, ROLES } from "./roles.ts";

interface AddMemberProps {
  readonly organisation: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

const EMPTY = { email: "", name: "", password: "", role: "editor" as GivenRole };
const FIELDS = ["email", "name", "password"];

/** Adds somebody who has an account already, or makes one with a first password. */
export function AddMember(props: AddMemberProps): JSX.Element {
  const [form, setForm] = createSignal(EMPTY);
  const [isNew, setNew] = createSignal(true);
  const change = (changes: Partial<typeof EMPTY>) => setForm((before) => ({ ...before, ...changes }));
  const add = createAct({
    path: "members.add",
    touches: ["members"],
    done: (member) => {
      showToast({ title: `Added ${member.name}` });
      setForm(EMPTY);
      props.onClose();
    },
  });

  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title="Add without mail"
      about="For a server that sends no mail: tell them the address of this page and their first password yourself."
    >
      <form
        novalidate
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const { email, name, password, role } = form();
          void add.run({ organisation: props.organisation, email, role, ...(isNew() && { name, password }) });
        }}
      >
        <Show when={formError(add.error(), FIELDS)}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Field label="E-mail" error={fieldError(add.error(), "email")}>
          <TextInput type="email" placeholder="mel@example.com" value={form().email} onInput={(email) => change({ email })} />
        </Field>
        <Select label="Role" class="max-w-48" choices={ROLES} value={form().role} onChange={(role) => change({ role })} />
        <label class="flex items-center gap-2">
          <input type="checkbox" checked={isNew()} onChange={(event) => setNew(event.currentTarget.checked)} />
          They have no account here yet
        </label>
        <Show when={isNew()}>
          <Field label="Name" error={fieldError(add.error(), "name")}>
            <TextInput placeholder="Mel Ortiz" value={form().name} onInput={(name) => change({ name })} />
          </Field>
          <Field label="First password" hint="At least 12 characters." error={fieldError(add.error(), "password")}>
            <TextInput
              type="password"
              autocomplete="new-password"
              value={form().password}
              onInput={(password) => change({ password })}
            />
          </Field>
        </Show>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="primary" busy={add.isBusy()}>
            Add them
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
