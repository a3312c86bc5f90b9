import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { createChanges } from "../../lib/create-changes.ts";
import { errorMessage, fieldError, formError } from "../../lib/errors.ts";
import { forgetPlace } from "../../lib/last-place.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { SaveBar } from "../../ui/SaveBar.tsx";
import { showToast } from "../../ui/toast.tsx";
import { SettingsColumn, Toggle, WhyNot } from "./parts.tsx";

type Project = OutputOf<"projects.get">;

export function ProjectSettings(): JSX.Element {
  const place = usePlace();
  const permissions = createOwnPermissions(() => projectOf(place()));
  const project = createApiQuery(() => ({ path: "projects.get", input: projectOf(place()) }));

  return (
    <ListState
      kind={listKind(project, { count: project.data ? 1 : 0 })}
      what="settings"
      error={errorMessage(project.error)}
      staleSince={staleSince(project)}
      onRetry={project.refetch}
      empty={null}
    >
      <Show when={project.data}>
        {(it) => (
          <SettingsColumn>
            <WhyNot why={permissions.whyNot("UPDATE_PROJECT") ?? permissions.whyNot("DELETE_PROJECT")} />
            <ProjectForm project={it()} disabled={permissions.may("UPDATE_PROJECT") !== true} />
            <DeleteProject project={it()} disabled={permissions.may("DELETE_PROJECT") !== true} />
          </SettingsColumn>
        )}
      </Show>
    </ListState>
  );
}

interface ProjectPartProps {
  readonly project: Project;
  readonly disabled: boolean;
}

function ProjectForm(props: ProjectPartProps) {
  const place = usePlace();
  const form = createChanges(() => props.project);
  const save = createAct({
    path: "projects.update",
    touches: ["projects", "environments", "revisions"],
    done: (saved) => {
      form.discard();
      showToast({ title: `Saved ${saved.name}` });
    },
  });
  const submit = () => {
    const { name, hideDisabledFlags } = form.changed();
    void save.run({
      ...projectOf(place()),
      ...(name !== undefined && { name }),
      ...(hideDisabledFlags !== undefined && { hideDisabledFlags }),
    });
  };

  return (
    <>
      <Show when={formError(save.error(), ["name"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <Section title="This project">
        <Field label="Name" error={fieldError(save.error(), "name")} hint={`Its address stays ${props.project.slug}.`}>
          <TextInput value={form.values().name} onInput={(name) => form.set({ name })} disabled={props.disabled} />
        </Field>
        <div class="pt-2">
          <Toggle
            label="Leave out flags that are off"
            about="Clients do not hear of them at all. An environment may say otherwise."
            on={form.values().hideDisabledFlags}
            disabled={props.disabled}
            onChange={(hideDisabledFlags) => form.set({ hideDisabledFlags })}
          />
        </div>
      </Section>
      <SaveBar
        shown={form.isChanged()}
        busy={save.isBusy()}
        about="It holds for every environment without a setting of its own."
        onSave={submit}
        onDiscard={() => {
          form.discard();
          save.clear();
        }}
      />
    </>
  );
}

function DeleteProject(props: ProjectPartProps) {
  const place = usePlace();
  const navigate = useNavigate();
  const [isOpen, setOpen] = createSignal(false);
  const remove = createAct({
    path: "projects.delete",
    touches: ["projects"],
    done: () => {
      forgetPlace();
      showToast({ title: `Deleted ${props.project.name}` });
      navigate("/");
    },
    refused: (error) => showToast({ title: "Not deleted", about: errorMessage(error), tone: "danger" }),
  });

  return (
    <Section title="Delete this project">
      <div class="flex flex-wrap items-center justify-between gap-3">
        <p class="min-w-0 flex-1 basis-64 text-muted">All its environments, flags, segments, identities and keys go with it.</p>
        <Button disabled={props.disabled} onClick={() => setOpen(true)}>
          Delete…
        </Button>
      </div>
      <ConfirmDialog
        open={isOpen()}
        onClose={() => setOpen(false)}
        onConfirm={() => void remove.run({ ...projectOf(place()), confirm: props.project.slug })}
        title={`Delete ${props.project.name}?`}
        consequence="Every program that reads its flags is refused from now on, in every environment. It cannot be taken back."
        verb="Delete project"
        typeName={props.project.slug}
        busy={remove.isBusy()}
      />
    </Section>
  );
}
