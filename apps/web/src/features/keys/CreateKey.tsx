import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { showToast } from "../../ui/toast.tsx";
import { endOfDay } from "./key-state.ts";

interface CreateKeyProps {
  readonly kind: "client" | "server";
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Makes a key; a server key is shown in the same dialog, this once. */
export function CreateKey(props: CreateKeyProps): JSX.Element {
  const place = usePlace();
  const [name, setName] = createSignal("");
  const [expires, setExpires] = createSignal("");
  const [secret, setSecret] = createSignal<string>();
  const create = createAct({
    path: "environmentKeys.create",
    touches: ["environmentKeys", "revisions"],
    done: (made) => {
      if (made.kind === "server") {
        setSecret(made.key);
        return;
      }
      showToast({ title: `Made ${made.name}` });
      close();
    },
  });
  const close = () => {
    setName("");
    setExpires("");
    setSecret(undefined);
    create.clear();
    props.onClose();
  };

  return (
    <Dialog
      open={props.open}
      onClose={close}
      wide={secret() !== undefined}
      title={secret() ? "Copy the key now" : props.kind === "server" ? "New server key" : "New client-side key"}
      about={
        secret()
          ? "It is shown this once; only its fingerprint is kept. Put it where your server reads its secrets."
          : "Name it after what uses it, so that it is clear later what stops when it is revoked."
      }
    >
      <Show
        when={secret()}
        fallback={
          <form
            class="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              const expiresAt = endOfDay(expires());
              void create.run({ ...inputOf(place()), kind: props.kind, name: name(), ...(expiresAt && { expiresAt }) });
            }}
          >
            <Show when={formError(create.error(), ["name", "expiresAt"])}>
              {(message) => <Notice tone="danger">{message()}</Notice>}
            </Show>
            <Field label="Name" error={fieldError(create.error(), "name")}>
              <TextInput placeholder="checkout-service" value={name()} onInput={setName} />
            </Field>
            <Field
              label="Ends on"
              optional
              hint="At the end of that day, in your zone. Leave it empty for a key without an end."
              error={fieldError(create.error(), "expiresAt")}
            >
              <TextInput type="date" class="w-44" value={expires()} onInput={setExpires} />
            </Field>
            <div class="flex justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" kind="primary" busy={create.isBusy()}>
                Create key
              </Button>
            </div>
          </form>
        }
      >
        {(key) => (
          <>
            <CodeBlock title="HALYARD_SERVER_KEY" code={key()} />
            <div class="flex justify-end">
              <Button kind="primary" onClick={close}>
                I have copied it
              </Button>
            </div>
          </>
        )}
      </Show>
    </Dialog>
  );
}
