import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { createChanges } from "../../lib/create-changes.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { SaveBar } from "../../ui/SaveBar.tsx";
import { Select } from "../../ui/Select.tsx";
import { showToast } from "../../ui/toast.tsx";
import { ColourField } from "./ColourField.tsx";
import { Toggle } from "./parts.tsx";

export type Environment = OutputOf<"environments.list">[number];

const SAFETY = [
  { value: "free", label: "Free", hint: "Changes take at once, with undo" },
  { value: "confirm", label: "Confirm", hint: "Asks in one sentence before each change" },
  { value: "review", label: "Review", hint: "Asks before each change, as Confirm does" },
] as const;

const HIDE = [
  { value: "project", label: "As the project says" },
  { value: "yes", label: "Yes, leave them out" },
  { value: "no", label: "No, send them as off" },
] as const;

interface EnvironmentFormProps {
  readonly environment: Environment;
  readonly others: readonly Environment[];
  readonly disabled: boolean;
}

export function EnvironmentForm(props: EnvironmentFormProps): JSX.Element {
  const place = usePlace();
  const form = createChanges(() => props.environment);
  const save = createAct({
    path: "environments.update",
    touches: ["environments", "revisions"],
    done: (saved) => {
      form.discard();
      showToast({ title: `Saved ${saved.name}` });
    },
  });
  const submit = () => {
    const { name, description, colour, safety, hideDisabledFlags, allowClientTraits, hideSensitiveData, position } =
      form.changed();
    const changes = { name, description, colour, safety, hideDisabledFlags, allowClientTraits, hideSensitiveData, position };
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    void save.run({ ...inputOf(place()), ...given });
  };
  const hide = () => {
    const { hideDisabledFlags } = form.values();
    return hideDisabledFlags === null ? "project" : hideDisabledFlags ? "yes" : "no";
  };
  const places = () => {
    const before = [...props.others].sort((a, b) => a.position - b.position);
    return [
      { value: "0", label: "First" },
      ...before.map((it, index) => ({ value: String(index + 1), label: `After ${it.name}` })),
    ];
  };

  return (
    <>
      <Show when={formError(save.error(), ["name", "description", "colour"])}>
        {(message) => <Notice tone="danger">{message()}</Notice>}
      </Show>
      <Section title="This environment">
        <div class="flex flex-col gap-3">
          <Field label="Name" error={fieldError(save.error(), "name")} hint={`Its address stays ${props.environment.slug}.`}>
            <TextInput value={form.values().name} onInput={(name) => form.set({ name })} disabled={props.disabled} />
          </Field>
          <Field label="About" optional error={fieldError(save.error(), "description")}>
            <TextInput
              value={form.values().description}
              onInput={(description) => form.set({ description })}
              disabled={props.disabled}
            />
          </Field>
          <ColourField
            value={form.values().colour}
            onChange={(colour) => form.set({ colour })}
            error={fieldError(save.error(), "colour")}
            disabled={props.disabled}
          />
          <div class="grid gap-3 desk:grid-cols-2">
            <Select
              label="Place among the environments"
              choices={places()}
              value={String(form.values().position)}
              onChange={(position) => form.set({ position: Number(position) })}
              disabled={props.disabled}
            />
            <Select
              label="Safety"
              choices={SAFETY}
              value={form.values().safety}
              onChange={(safety) => form.set({ safety })}
              hint={SAFETY.find(({ value }) => value === form.values().safety)?.hint}
              disabled={props.disabled}
            />
          </div>
        </div>
      </Section>
      <Section title="What clients get">
        <Select
          label="Leave out flags that are off"
          class="max-w-80"
          choices={HIDE}
          value={hide()}
          onChange={(choice) => form.set({ hideDisabledFlags: choice === "project" ? null : choice === "yes" })}
          disabled={props.disabled}
        />
        <div class="pt-2">
          <Toggle
            label="Clients may store traits"
            about="Traits that a client-side key sends are remembered. Off: they count for that one answer only."
            on={form.values().allowClientTraits}
            disabled={props.disabled}
            onChange={(allowClientTraits) => form.set({ allowClientTraits })}
          />
          <Toggle
            label="Hide sensitive data"
            about="Answers to client-side keys leave out names, descriptions and dates that tell about your plans."
            on={form.values().hideSensitiveData}
            disabled={props.disabled}
            onChange={(hideSensitiveData) => form.set({ hideSensitiveData })}
          />
        </div>
      </Section>
      <Section
        title="Bucketing key"
        about="Decides with the identifier who falls in which share. It never changes, so nobody moves when keys are renewed."
      >
        <div class="flex items-center gap-1">
          <code class="min-w-0 truncate font-mono text-code">{props.environment.bucketingKey}</code>
          <CopyButton text={props.environment.bucketingKey} label="Copy bucketing key" />
        </div>
      </Section>
      <SaveBar
        shown={form.isChanged()}
        busy={save.isBusy()}
        about={`Clients of ${props.environment.name} have it in a moment.`}
        onSave={submit}
        onDiscard={() => {
          form.discard();
          save.clear();
        }}
      />
    </>
  );
}
