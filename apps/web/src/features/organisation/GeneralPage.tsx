import { useParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { createChanges } from "../../lib/create-changes.ts";
import { errorMessage, fieldError, formError } from "../../lib/errors.ts";
import { listKind } from "../../lib/list-kind.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { createOwnRole } from "../../lib/role.ts";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { SaveBar } from "../../ui/SaveBar.tsx";
import { showToast } from "../../ui/toast.tsx";

/** The organisation's own name. */
export function GeneralPage(): JSX.Element {
  const params = useParams();
  const organisation = createApiQuery(() => ({
    path: "organisations.get",
    input: { organisation: params.organisation ?? "" },
  }));

  return (
    <ListState
      kind={listKind(organisation, { count: organisation.data ? 1 : 0 })}
      what="settings"
      error={errorMessage(organisation.error)}
      onRetry={organisation.refetch}
      empty={null}
    >
      <Show when={organisation.data}>{(it) => <OrganisationForm organisation={it()} />}</Show>
    </ListState>
  );
}

function OrganisationForm(props: { readonly organisation: OutputOf<"organisations.get"> }) {
  const role = createOwnRole(() => props.organisation.slug);
  const form = createChanges(() => props.organisation);
  const save = createAct({
    path: "organisations.update",
    touches: ["organisations", "account"],
    done: (saved) => {
      form.discard();
      showToast({ title: `Saved ${saved.name}` });
    },
  });

  return (
    <div class="flex max-w-[var(--measure)] flex-col gap-4 p-4">
      <Show when={role.whyNot()}>{(why) => <Notice>{why()}</Notice>}</Show>
      <Show when={formError(save.error(), ["name"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <Section title="This organisation">
        <Field label="Name" error={fieldError(save.error(), "name")} hint={`Its address stays ${props.organisation.slug}.`}>
          <TextInput
            value={form.values().name}
            onInput={(name) => form.set({ name })}
            disabled={role.isAdministrator() !== true}
          />
        </Field>
      </Section>
      <SaveBar
        shown={form.isChanged()}
        busy={save.isBusy()}
        about="Everyone sees the new name at once."
        onSave={() => void save.run({ organisation: props.organisation.slug, name: form.values().name })}
        onDiscard={() => {
          form.discard();
          save.clear();
        }}
      />
    </div>
  );
}
