import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";

interface CreateProjectProps {
  readonly organisation: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

const USUAL = "Development, Staging, Production";

/** A project with its environments, in the order they are written. */
export function CreateProject(props: CreateProjectProps): JSX.Element {
  const navigate = useNavigate();
  const [name, setName] = createSignal("");
  const [environments, setEnvironments] = createSignal(USUAL);
  const create = createAct({
    path: "projects.create",
    touches: ["projects"],
    done: (made) => {
      props.onClose();
      navigate(`/${props.organisation}/${made.slug}`);
    },
  });
  const names = () =>
    environments()
      .split(",")
      .map((it) => it.trim())
      .filter((it) => it !== "");

  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title="New project"
      about="One product, such as a shop or an app. Its flags exist in every one of its environments."
    >
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run({ organisation: props.organisation, name: name(), environments: names() });
        }}
      >
        <Show when={formError(create.error(), ["name", "environments"])}>
          {(message) => <Notice tone="danger">{message()}</Notice>}
        </Show>
        <Field label="Name" error={fieldError(create.error(), "name")}>
          <TextInput placeholder="Web shop" value={name()} onInput={setName} />
        </Field>
        <Field
          label="Environments"
          hint="With commas between them. Each gets keys of its own."
          error={fieldError(create.error(), "environments")}
        >
          <TextInput value={environments()} onInput={setEnvironments} />
        </Field>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isBusy()}>
            Create project
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
