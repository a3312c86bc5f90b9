import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Checks } from "../../ui/Checks.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Select } from "../../ui/Select.tsx";
import { ALL, EMPTY_GRANT, type GrantForm, grantOf, placeOf } from "./grant-form.ts";
import { createGrantChoices } from "./use-grant-choices.ts";

interface GrantDialogProps {
  readonly organisation: string;
  readonly onClose: () => void;
}

const FIELDS = ["member", "group", "apiKey", "role", "customRole", "project", "environment", "tags"];

/** Gives somebody a role in a place. */
export function GrantDialog(props: GrantDialogProps): JSX.Element {
  const [form, setForm] = createSignal<GrantForm>(EMPTY_GRANT);
  const change = (changes: Partial<GrantForm>) => setForm((before) => ({ ...before, ...changes }));
  const place = () => placeOf(props.organisation, form());
  const permissions = createOwnPermissions(place);
  const choices = createGrantChoices(() => props.organisation);
  const inProject = () => ({ organisation: props.organisation, project: form().project });
  const hasProject = () => form().project !== ALL;
  const environments = createApiQuery(() => ({ path: "environments.list", input: inProject(), enabled: hasProject() }));
  const tags = createApiQuery(() => ({ path: "tags.list", input: inProject(), enabled: hasProject() }));
  const create = createAct({
    path: "grants.create",
    touches: ["grants", "permissions", "account"],
    done: () => props.onClose(),
  });
  const errorOf = (...paths: readonly string[]) => paths.map((path) => fieldError(create.error(), path)).find(Boolean);

  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title="Grant a role"
      about="It is added to what they hold already; it takes nothing away."
    >
      <form
        novalidate
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run(grantOf(props.organisation, form()));
        }}
      >
        <Show when={formError(create.error(), FIELDS)}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Combobox
          label="Who"
          placeholder="A person, a group or a key"
          choices={choices.subjects()}
          value={form().subject}
          onChange={(subject) => change({ subject })}
          error={errorOf("member", "group", "apiKey")}
        />
        <Select
          label="Role"
          choices={choices.roles()}
          value={form().role}
          onChange={(role) => change({ role })}
          error={errorOf("role", "customRole")}
        />
        <div class="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
          <Select
            label="Project"
            choices={choices.projects()}
            value={form().project}
            onChange={(project) => change({ project, environment: ALL, tags: [] })}
            error={errorOf("project")}
          />
          <Select
            label="Environment"
            disabled={!hasProject()}
            choices={[
              { value: ALL, label: "All environments" },
              ...(environments.data ?? []).map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
            value={form().environment}
            onChange={(environment) => change({ environment })}
            error={errorOf("environment")}
          />
        </div>
        <Show when={hasProject() && (tags.data?.length ?? 0) > 0}>
          <Checks
            label="Only for flags tagged"
            hint="None ticked: for every flag. It limits what changes flags; seeing them is not limited."
            choices={(tags.data ?? []).map(({ label }) => ({ value: label, label }))}
            values={form().tags}
            onChange={(chosen) => change({ tags: chosen })}
          />
        </Show>
        <Show when={permissions.whyNot("MANAGE_ACCESS")}>{(why) => <Notice>{why()}</Notice>}</Show>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            type="submit"
            kind="primary"
            busy={create.isBusy()}
            disabled={permissions.may("MANAGE_ACCESS") !== true || form().subject === undefined}
          >
            Grant it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
