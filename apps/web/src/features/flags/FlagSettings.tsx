import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage, fieldError, formError, toErrorBody } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { projectOf } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextArea } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import { EndOfLife } from "./EndOfLife.tsx";
import type { FlagDetail } from "./flag.ts";
import { hasValue } from "./flag.ts";
import { Labels } from "./Labels.tsx";
import { SchemaFields } from "./SchemaFields.tsx";
import { createSettingsDraft } from "./use-settings-draft.ts";
import { innerError, schemaError } from "./value-error.ts";

interface FlagSettingsProps {
  readonly flag: FlagDetail;
  readonly place: Place;
}

/** What describes the flag in every environment, and its end. */
export function FlagSettings(props: FlagSettingsProps): JSX.Element {
  const draft = createSettingsDraft(() => props.flag);
  const tags = createApiQuery(() => ({ path: "tags.list", input: projectOf(props.place) }));
  const members = createApiQuery(() => ({ path: "members.list", input: { organisation: props.place.organisation } }));
  const makeTag = createAct({
    path: "tags.create",
    touches: ["tags"],
    refused: (error) => showToast({ tone: "danger", title: "The tag was not made", about: errorMessage(error) }),
  });
  const save = createAct({
    path: "flags.update",
    touches: ["flags", "tags", "revisions"],
    done: () => {
      draft.reset();
      showToast({ title: `${props.flag.key} saved` });
    },
  });
  /** Values that do not satisfy a schema are a conflict too, but not one with somebody else's edit. */
  const isOfValues = () => schemaError(save.error()) !== undefined || innerError(save.error(), "defaultValue") !== undefined;
  const isConflict = () => save.error() !== undefined && toErrorBody(save.error()).code === "conflict" && !isOfValues();
  const submit = (version: number) =>
    void save.run({
      ...projectOf(props.place),
      flag: props.flag.key,
      ...draft.changes(),
      expected: { environment: props.place.environment, version },
    });
  const addTag = async (label: string) => {
    const isKnown = (tags.data ?? []).some((tag) => tag.label === label);
    if (isKnown || (await makeTag.run({ ...projectOf(props.place), label }))) draft.set({ tags: [...draft.now().tags, label] });
  };

  return (
    <div class="flex flex-col gap-4">
      <Section title="About" about="The same in every environment.">
        <form
          class="flex max-w-[var(--measure)] flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (draft.isSound()) submit(draft.version());
          }}
        >
          <Field
            label="Description"
            optional
            error={fieldError(save.error(), "description")}
            hint="What it changes, and when it may go."
          >
            <TextArea value={draft.now().description} onInput={(description) => draft.set({ description })} rows={2} />
          </Field>
          <Labels
            label="Tags"
            chosen={draft.now().tags}
            choices={(tags.data ?? []).map(({ label }) => ({ value: label, label }))}
            allowNew
            onAdd={(label) => void addTag(label)}
            onRemove={(label) => draft.set({ tags: draft.now().tags.filter((other) => other !== label) })}
          />
          <Labels
            label="Owners"
            chosen={draft.now().owners}
            choices={(members.data ?? []).map(({ userId, name, email }) => ({ value: userId, label: name, hint: email }))}
            onAdd={(id) => draft.set({ owners: [...draft.now().owners, id] })}
            onRemove={(id) => draft.set({ owners: draft.now().owners.filter((other) => other !== id) })}
          />
          <label class="flex items-start gap-2">
            <input
              type="checkbox"
              class="mt-1"
              checked={draft.now().serverOnly}
              onChange={(event) => draft.set({ serverOnly: event.currentTarget.checked })}
            />
            <span>
              Server-only
              <span class="block text-12 text-muted">Never sent to browsers and apps, whose keys anybody can read.</span>
            </span>
          </label>
          <Show when={hasValue(props.flag)}>
            <SchemaFields flag={props.flag} draft={draft} error={save.error()} />
          </Show>
          <Show
            when={isConflict()}
            fallback={
              <Show when={isOfValues() ? undefined : formError(save.error(), ["description"])}>
                {(text) => <Notice tone="danger">{text()}</Notice>}
              </Show>
            }
          >
            <Notice
              tone="danger"
              title="Somebody changed this flag since you opened it."
              action={
                <span class="flex gap-2">
                  <Button
                    size="small"
                    onClick={() => {
                      save.clear();
                      draft.reset();
                    }}
                  >
                    Take theirs
                  </Button>
                  <Button size="small" onClick={() => submit(props.flag.version)}>
                    Keep mine
                  </Button>
                </span>
              }
            >
              Theirs: {draft.theirWords()}.
            </Notice>
          </Show>
          <Show when={draft.isDirty()}>
            <div class="flex justify-end gap-2">
              <Button onClick={() => draft.reset()}>Cancel</Button>
              <Button type="submit" kind="primary" busy={save.isBusy()}>
                Save
              </Button>
            </div>
          </Show>
        </form>
      </Section>
      <EndOfLife flag={props.flag} place={props.place} />
    </div>
  );
}
