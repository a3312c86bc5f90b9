import type { Permission } from "@halyard/contracts/permissions";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { createChanges } from "../../lib/create-changes.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { Button } from "../../ui/Button.tsx";
import { Checks } from "../../ui/Checks.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { showToast } from "../../ui/toast.tsx";
import { LEVELS, permissionText } from "./permission-levels.ts";

export type CustomRole = OutputOf<"roles.list">[number];

interface RoleDialogProps {
  readonly organisation: string;
  /** Nothing for a new one. */
  readonly role: CustomRole | undefined;
  readonly onClose: () => void;
}

const NEW = { name: "", description: "", permissions: [] as readonly Permission[] };
const FIELDS = ["name", "description", "permissions"];

/** Makes a role of the organisation's own, or changes it for all who hold it. */
export function RoleDialog(props: RoleDialogProps): JSX.Element {
  const form = createChanges<typeof NEW>(() => props.role ?? NEW);
  const done = ({ name }: CustomRole) => {
    showToast({ title: `Saved ${name}` });
    props.onClose();
  };
  const touches = ["roles", "permissions", "grants"];
  const create = createAct({ path: "roles.create", touches, done });
  const update = createAct({ path: "roles.update", touches, done });
  const error = () => (props.role ? update : create).error();
  const chosenOf = (level: readonly Permission[]) => form.values().permissions.filter((it) => level.includes(it));
  const choose = (level: readonly Permission[], chosen: readonly Permission[]) =>
    form.set({ permissions: [...form.values().permissions.filter((it) => !level.includes(it)), ...chosen] });
  const save = () => {
    const { name, description, permissions } = form.values();
    const wish = { organisation: props.organisation, name, description, permissions: [...permissions] };
    void (props.role ? update.run({ ...wish, id: props.role.id }) : create.run(wish));
  };

  return (
    <Dialog
      open
      wide
      onClose={() => props.onClose()}
      title={props.role ? `Edit ${props.role.name}` : "New role"}
      about="It permits what is ticked, and to see the places where that holds."
    >
      <form
        novalidate
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Show when={formError(error(), FIELDS)}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Field label="Name" error={fieldError(error(), "name")}>
          <TextInput placeholder="Staging toggler" value={form.values().name} onInput={(name) => form.set({ name })} />
        </Field>
        <Field label="What it is for" optional error={fieldError(error(), "description")}>
          <TextInput value={form.values().description} onInput={(description) => form.set({ description })} />
        </Field>
        <Show when={fieldError(error(), "permissions")}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <For each={LEVELS}>
          {(level) => (
            <Checks
              whole
              label={level.name}
              choices={level.permissions.map((permission) => ({ value: permission, label: permissionText(permission) }))}
              values={chosenOf(level.permissions)}
              onChange={(chosen) => choose(level.permissions, chosen)}
            />
          )}
        </For>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isBusy() || update.isBusy()}>
            {props.role ? "Save for all who hold it" : "Create role"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
