import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { createChanges } from "../../lib/create-changes.ts";
import { errorMessage, fieldError, formError } from "../../lib/errors.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Checks } from "../../ui/Checks.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { showToast } from "../../ui/toast.tsx";

interface GroupDialogProps {
  readonly organisation: string;
  /** Nothing for a new one. */
  readonly group: OutputOf<"groups.list">[number] | undefined;
  readonly onClose: () => void;
}

const NEW = { name: "", description: "", isDefault: false };
const touches = ["groups", "permissions", "grants"];

/** Makes a group or changes it: first what it is called, then who is in it. */
export function GroupDialog(props: GroupDialogProps): JSX.Element {
  const form = createChanges(() => props.group ?? NEW);
  const members = createApiQuery(() => ({ path: "members.list", input: { organisation: props.organisation } }));
  const inIt = () => (props.group?.members ?? []).map(({ userId }) => userId);
  // Until somebody touches it, who is in it follows the server.
  const [touched, setTouched] = createSignal<readonly string[]>();
  const chosen = () => touched() ?? inIt();
  const done = () => props.onClose();
  const create = createAct({ path: "groups.create", touches, done: ({ id }) => void putPeople(id).then(done) });
  const update = createAct({ path: "groups.update", touches, done: ({ id }) => void putPeople(id).then(done) });
  const refused = (error: unknown) => showToast({ title: "Not everybody was moved", about: errorMessage(error), tone: "danger" });
  const add = createAct({ path: "groups.addMember", touches, refused });
  const remove = createAct({ path: "groups.removeMember", touches, refused });

  /** One after the other: each is its own line in the audit log. */
  const putPeople = async (id: number) => {
    const [before, after] = [inIt(), chosen()];
    for (const userId of after.filter((it) => !before.includes(it)))
      await add.run({ organisation: props.organisation, id, userId });
    for (const userId of before.filter((it) => !after.includes(it)))
      await remove.run({ organisation: props.organisation, id, userId });
  };
  const save = () => {
    const { name, description, isDefault } = form.values();
    const wish = { organisation: props.organisation, name, description, isDefault };
    void (props.group ? update.run({ ...wish, id: props.group.id }) : create.run(wish));
  };
  const error = () => (props.group ? update : create).error();

  return (
    <Dialog open onClose={() => props.onClose()} title={props.group ? `Edit ${props.group.name}` : "New group"}>
      <form
        novalidate
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Show when={formError(error(), ["name", "description"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Field label="Name" error={fieldError(error(), "name")}>
          <TextInput placeholder="Backend" value={form.values().name} onInput={(name) => form.set({ name })} />
        </Field>
        <Field label="What it is for" optional error={fieldError(error(), "description")}>
          <TextInput value={form.values().description} onInput={(description) => form.set({ description })} />
        </Field>
        <Checks
          label="People"
          choices={(members.data ?? []).map(({ userId, name, email }) => ({ value: userId, label: name, hint: email }))}
          values={chosen()}
          onChange={setTouched}
        />
        <label class="flex items-center gap-2 max-desk:min-h-11">
          <input
            type="checkbox"
            checked={form.values().isDefault}
            onChange={(event) => form.set({ isDefault: event.currentTarget.checked })}
          />
          Put everybody in who joins from now on
        </label>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isBusy() || update.isBusy() || add.isBusy() || remove.isBusy()}>
            {props.group ? "Save" : "Create group"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
