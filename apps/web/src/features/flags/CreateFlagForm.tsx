import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { fieldError, formError } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { projectOf } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import type { Choice } from "../../ui/Select.tsx";
import { Select } from "../../ui/Select.tsx";
import type { ValueType } from "./flag.ts";
import { Labels } from "./Labels.tsx";
import { NewVariants } from "./NewVariants.tsx";
import { createNewFlag } from "./use-new-flag.ts";
import { ValueEditor } from "./ValueEditor.tsx";

interface CreateFlagFormProps {
  readonly place: Place;
  readonly onClose: () => void;
  readonly onCreated: (key: string) => void;
}

const TYPES: readonly Choice<ValueType>[] = [
  { value: "boolean", label: "On or off", hint: "The code asks only whether it is on" },
  { value: "string", label: "Text", hint: "A headline, a name, a colour" },
  { value: "number", label: "Number", hint: "A limit, a price, a threshold" },
  { value: "json", label: "JSON", hint: "Several settings at once" },
];

export function CreateFlagForm(props: CreateFlagFormProps): JSX.Element {
  const draft = createNewFlag(
    () => props.place,
    (key) => props.onCreated(key),
  );
  const tags = createApiQuery(() => ({ path: "tags.list", input: projectOf(props.place) }));
  const hasValue = () => draft.form.valueType !== "boolean";
  const shown = () => [
    "key",
    "description",
    "value",
    ...draft.form.variants.flatMap((_, index) => [
      `variants.${index}.key`,
      `variants.${index}.value`,
      `variants.${index}.weight`,
    ]),
  ];

  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        draft.submit();
      }}
    >
      <div class="grid grid-cols-[1fr_11rem] gap-3 max-desk:grid-cols-1">
        <Field label="Key" error={fieldError(draft.error(), "key")} hint="What the code asks for; it never changes.">
          <TextInput value={draft.form.key} onInput={(key) => draft.set({ key })} mono autofocus placeholder="new-checkout" />
        </Field>
        <Select
          label="Type"
          choices={TYPES}
          value={draft.form.valueType}
          onChange={(valueType) => draft.set({ valueType, text: "", variants: [] })}
        />
      </div>
      <Field label="Description" optional error={fieldError(draft.error(), "description")}>
        <TextInput value={draft.form.description} onInput={(description) => draft.set({ description })} />
      </Field>
      <Show when={hasValue()}>
        <ValueEditor
          valueType={draft.form.valueType}
          text={draft.form.text}
          onInput={(text) => draft.set({ text })}
          error={draft.valueError() ?? fieldError(draft.error(), "value")}
        />
        <NewVariants draft={draft} />
      </Show>
      <Labels
        label="Tags"
        chosen={draft.form.tags}
        choices={(tags.data ?? []).map(({ label }) => ({ value: label, label }))}
        onAdd={(label) => draft.set("tags", (list) => [...list, label])}
        onRemove={(label) => draft.set("tags", (list) => list.filter((other) => other !== label))}
      />
      <label class="flex items-center gap-2">
        <input
          type="checkbox"
          checked={draft.form.serverOnly}
          onChange={(event) => draft.set({ serverOnly: event.currentTarget.checked })}
        />
        Server-only: never sent to browsers and apps
      </label>
      <Show when={formError(draft.error(), shown())}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <div class="flex justify-end gap-2">
        <Button onClick={() => props.onClose()}>Cancel</Button>
        <Button type="submit" kind="primary" disabled={!draft.isReady()} busy={draft.isBusy()}>
          Create flag
        </Button>
      </div>
    </form>
  );
}
