import { useParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { createChanges } from "../../lib/create-changes.ts";
import { errorMessage, fieldError, formError } from "../../lib/errors.ts";
import { listKind } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { SaveBar } from "../../ui/SaveBar.tsx";
import { showToast } from "../../ui/toast.tsx";
import { SignInMethods } from "./SignInMethods.tsx";

/** The organisation's name and rules, and how one signs in on this server. */
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
  const permissions = createOwnPermissions(() => ({ organisation: props.organisation.slug }));
  const mayChange = () => permissions.may("MANAGE_ORGANISATION") === true;
  const form = createChanges(() => props.organisation);
  const save = createAct({
    path: "organisations.update",
    touches: ["organisations", "account"],
    done: (saved) => {
      form.discard();
      showToast({ title: `Saved ${saved.name}` });
    },
  });

  const wish = () => {
    const { name, requireTwoFactor } = form.changed();
    return { ...(name !== undefined && { name }), ...(requireTwoFactor !== undefined && { requireTwoFactor }) };
  };

  return (
    <div class="flex max-w-[var(--measure)] flex-col gap-4 p-4">
      <Show when={permissions.whyNot("MANAGE_ORGANISATION")}>{(why) => <Notice>{why()}</Notice>}</Show>
      <Show when={formError(save.error(), ["name"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <Section title="This organisation">
        <Field label="Name" error={fieldError(save.error(), "name")} hint={`Its address stays ${props.organisation.slug}.`}>
          <TextInput value={form.values().name} onInput={(name) => form.set({ name })} disabled={!mayChange()} />
        </Field>
        <label class="mt-4 flex items-start gap-2.5">
          <input
            type="checkbox"
            class="mt-1"
            checked={form.values().requireTwoFactor}
            disabled={!mayChange()}
            onChange={(event) => form.set({ requireTwoFactor: event.currentTarget.checked })}
          />
          <span>
            <span class="block font-medium">Everybody needs a second factor</span>
            <span class="block text-12 text-muted">
              Members without one see nothing here until they switch it on in their account. API keys are not asked.
            </span>
          </span>
        </label>
      </Section>
      <SignInMethods />
      <SaveBar
        shown={form.isChanged()}
        busy={save.isBusy()}
        about={
          form.changed().requireTwoFactor
            ? "Members without a second factor are kept out at once."
            : "It holds for everybody at once."
        }
        onSave={() => void save.run({ organisation: props.organisation.slug, ...wish() })}
        onDiscard={() => {
          form.discard();
          save.clear();
        }}
      />
    </div>
  );
}
