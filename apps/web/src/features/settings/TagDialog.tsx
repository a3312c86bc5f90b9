import type { JSX } from "solid-js";
import { createSignal, Show, untrack } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { ColourField } from "./ColourField.tsx";

export type Tag = OutputOf<"tags.list">[number];

const FIELDS = ["label", "colour", "description"];

const formOf = (tag: Tag | undefined) => ({
  label: tag?.label ?? "",
  colour: tag?.colour ?? "#64748b",
  description: tag?.description ?? "",
});

/** A new tag, or another name, colour or description for one. */
export function TagDialog(props: { readonly tag: Tag | undefined; readonly onClose: () => void }): JSX.Element {
  const place = usePlace();
  const [form, setForm] = createSignal(untrack(() => formOf(props.tag)));
  const touches = ["tags", "flags"];
  const done = () => props.onClose();
  const create = createAct({ path: "tags.create", touches, done });
  const update = createAct({ path: "tags.update", touches, done });
  const error = () => create.error() ?? update.error();
  const change = (changes: Partial<ReturnType<typeof form>>) => setForm((before) => ({ ...before, ...changes }));
  const save = () =>
    props.tag
      ? update.run({ ...projectOf(place()), id: props.tag.id, ...form() })
      : create.run({ ...projectOf(place()), ...form() });

  return (
    <Dialog open onClose={() => props.onClose()} title={props.tag ? `Edit ${props.tag.label}` : "New tag"}>
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Show when={formError(error(), FIELDS)}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Field label="Label" error={fieldError(error(), "label")}>
          <TextInput placeholder="checkout" value={form().label} onInput={(label) => change({ label })} />
        </Field>
        <Field label="About" optional error={fieldError(error(), "description")}>
          <TextInput value={form().description} onInput={(description) => change({ description })} />
        </Field>
        <ColourField value={form().colour} onChange={(colour) => change({ colour })} error={fieldError(error(), "colour")} />
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isBusy() || update.isBusy()}>
            {props.tag ? "Save" : "Create tag"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
