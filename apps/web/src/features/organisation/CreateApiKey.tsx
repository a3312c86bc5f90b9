import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Select } from "../../ui/Select.tsx";
import { endOfDay } from "../keys/index.ts";
import { type GivenRoleOrNone, orNull, ROLES_OR_NONE } from "./roles.ts";

interface CreateApiKeyProps {
  readonly organisation: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Makes an API key and shows it, this once. */
export function CreateApiKey(props: CreateApiKeyProps): JSX.Element {
  const [name, setName] = createSignal("");
  const [role, setRole] = createSignal<GivenRoleOrNone>("editor");
  const [expires, setExpires] = createSignal("");
  const [secret, setSecret] = createSignal<string>();
  const create = createAct({ path: "apiKeys.create", touches: ["apiKeys"], done: (made) => setSecret(made.key) });
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
      title={secret() ? "Copy the key now" : "New API key"}
      about={
        secret()
          ? "It is shown this once; only its fingerprint is kept. Put it where your pipeline reads its secrets."
          : "It can do what its role can do, in all projects of this organisation. For less, choose “By grants only” and grant it roles under Access."
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
              void create.run({
                organisation: props.organisation,
                name: name(),
                role: orNull(role()),
                ...(expiresAt && { expiresAt }),
              });
            }}
          >
            <Show when={formError(create.error(), ["name", "expiresAt"])}>
              {(message) => <Notice tone="danger">{message()}</Notice>}
            </Show>
            <Field label="Name" error={fieldError(create.error(), "name")}>
              <TextInput placeholder="deploy-pipeline" value={name()} onInput={setName} />
            </Field>
            <Select label="Role" class="max-w-48" choices={ROLES_OR_NONE} value={role()} onChange={setRole} />
            <Field
              label="Ends on"
              optional
              hint="At the end of that day, in your zone."
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
            <CodeBlock
              title="shell"
              copies={key()}
              code={`${key()}\n\ncurl -H 'Authorization: Api-Key ${key()}' ${location.origin}/rest/v1/me`}
            />
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
