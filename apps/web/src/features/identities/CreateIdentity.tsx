import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { placePath } from "../../lib/place.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";

export function CreateIdentity(props: { readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  const place = usePlace();
  const navigate = useNavigate();
  const [identifier, setIdentifier] = createSignal("");
  const create = createAct({
    path: "identities.create",
    touches: ["identities"],
    done: (made) => {
      setIdentifier("");
      props.onClose();
      navigate(`${placePath({ ...place(), page: "identities" })}/${encodeURIComponent(made.identifier)}`);
    },
  });

  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title="Add an identity"
      about="It gets what its name and traits give it as soon as a client asks for it."
    >
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run({ ...inputOf(place()), identifier: identifier() });
        }}
      >
        <Show when={formError(create.error(), ["identifier"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Field
          label="Identifier"
          hint="What your application sends as the targeting key: an account number, not a name."
          error={fieldError(create.error(), "identifier")}
        >
          <TextInput mono placeholder="user-42" value={identifier()} onInput={setIdentifier} />
        </Field>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isBusy()}>
            Add identity
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
