import { A } from "@solidjs/router";
import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage, fieldError, formError } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import { placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import { SettingsColumn, WhyNot } from "./parts.tsx";

/** All environments in their order, and a new one. */
export function Environments(): JSX.Element {
  const place = usePlace();
  const permissions = createOwnPermissions(() => projectOf(place()));
  const [isCreating, setCreating] = createSignal(false);
  const environments = createApiQuery(() => ({ path: "environments.list", input: projectOf(place()) }));

  return (
    <ListState
      kind={listKind(environments, { count: environments.data?.length ?? 0 })}
      what="environments"
      error={errorMessage(environments.error)}
      staleSince={staleSince(environments)}
      onRetry={environments.refetch}
      empty={null}
    >
      <SettingsColumn>
        <WhyNot why={permissions.whyNot("CREATE_ENVIRONMENT")} />
        <Section
          title="Environments"
          about="Each answers on its own: the same flags, with their own states, overrides and keys."
          actions={
            <Button
              size="small"
              icon={<Plus size={14} aria-hidden="true" />}
              disabled={permissions.may("CREATE_ENVIRONMENT") !== true}
              onClick={() => setCreating(true)}
            >
              New environment
            </Button>
          }
        >
          <ul>
            <For each={environments.data}>
              {(it) => (
                <li class="border-b border-line last:border-0">
                  <A
                    href={placePath({ ...place(), environment: it.slug, page: "settings/general" })}
                    class="-mx-2 flex min-h-9 items-center gap-3 rounded-2 px-2 hover:bg-hover max-desk:min-h-11"
                  >
                    <span class="size-2.5 shrink-0 rounded-[3px]" style={{ background: it.colour }} aria-hidden="true" />
                    <span class="font-medium">{it.name}</span>
                    <span class="min-w-0 flex-1 truncate text-muted">{it.description}</span>
                    <span class="text-12 text-muted">{it.safety}</span>
                    <span class="font-mono text-code text-faint">v{it.version}</span>
                  </A>
                </li>
              )}
            </For>
          </ul>
        </Section>
      </SettingsColumn>
      <CreateEnvironment open={isCreating()} onClose={() => setCreating(false)} />
    </ListState>
  );
}

function CreateEnvironment(props: { readonly open: boolean; readonly onClose: () => void }) {
  const place = usePlace();
  const [name, setName] = createSignal("");
  const create = createAct({
    path: "environments.create",
    touches: ["environments", "flags"],
    done: (made) => {
      showToast({ title: `Made ${made.name}`, about: "Every flag begins there with its first state." });
      setName("");
      props.onClose();
    },
  });

  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title="New environment"
      about="It begins with every flag of the project, in the state flags begin with, and a client-side key of its own."
    >
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run({ ...projectOf(place()), name: name() });
        }}
      >
        <Show when={formError(create.error(), ["name"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Field label="Name" error={fieldError(create.error(), "name")}>
          <TextInput placeholder="Preview" value={name()} onInput={setName} />
        </Field>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isBusy()}>
            Create environment
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
