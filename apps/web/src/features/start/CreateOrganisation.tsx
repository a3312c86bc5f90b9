import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { showToast } from "../../ui/toast.tsx";

export function CreateOrganisation(props: { readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  const [name, setName] = createSignal("");
  const create = createAct({
    path: "organisations.create",
    touches: ["account", "organisations"],
    done: (made) => {
      showToast({ title: `Made ${made.name}`, about: "You are its owner." });
      setName("");
      props.onClose();
    },
  });

  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title="New organisation"
      about="It holds projects, the people who may see them, and API keys."
    >
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run({ name: name() });
        }}
      >
        <Show when={formError(create.error(), ["name"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Field label="Name" error={fieldError(create.error(), "name")}>
          <TextInput placeholder="Acme" value={name()} onInput={setName} />
        </Field>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isBusy()}>
            Create organisation
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
