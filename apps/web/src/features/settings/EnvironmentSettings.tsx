import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import { placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf, projectOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import { EnvironmentForm } from "./EnvironmentForm.tsx";
import { SettingsColumn, WhyNot } from "./parts.tsx";

/** Everything about the environment in the address. */
export function EnvironmentSettings(): JSX.Element {
  const place = usePlace();
  const permissions = createOwnPermissions(() => inputOf(place()));
  const environments = createApiQuery(() => ({ path: "environments.list", input: projectOf(place()) }));
  const environment = () => environments.data?.find(({ slug }) => slug === place().environment);

  return (
    <ListState
      kind={listKind(environments, { count: environment() ? 1 : 0 })}
      what="settings"
      error={errorMessage(environments.error)}
      staleSince={staleSince(environments)}
      onRetry={environments.refetch}
      empty={null}
    >
      <Show when={environment()?.id} keyed>
        <Show when={environment()}>
          {(it) => (
            <SettingsColumn>
              <WhyNot why={permissions.whyNot("UPDATE_ENVIRONMENT") ?? permissions.whyNot("DELETE_ENVIRONMENT")} />
              <EnvironmentForm
                environment={it()}
                others={(environments.data ?? []).filter(({ id }) => id !== it().id)}
                disabled={permissions.may("UPDATE_ENVIRONMENT") !== true}
              />
              <DeleteEnvironment name={it().name} slug={it().slug} disabled={permissions.may("DELETE_ENVIRONMENT") !== true} />
            </SettingsColumn>
          )}
        </Show>
      </Show>
    </ListState>
  );
}

function DeleteEnvironment(props: { readonly name: string; readonly slug: string; readonly disabled: boolean }) {
  const place = usePlace();
  const navigate = useNavigate();
  const [isOpen, setOpen] = createSignal(false);
  const rest = createApiQuery(() => ({ path: "environments.list", input: projectOf(place()) }));
  const remove = createAct({
    path: "environments.delete",
    touches: ["environments", "projects"],
    done: () => {
      showToast({ title: `Deleted ${props.name}` });
      const next = rest.data?.find(({ slug }) => slug !== props.slug)?.slug;
      navigate(next === undefined ? "/" : placePath({ ...place(), environment: next, page: "flags" }));
    },
    refused: (error) => showToast({ title: "Not deleted", about: errorMessage(error), tone: "danger" }),
  });

  return (
    <Section title="Delete this environment">
      <div class="flex flex-wrap items-center justify-between gap-3">
        <p class="min-w-0 flex-1 basis-64 text-muted">
          Its keys stop at once. Its identities, overrides and history go with it. Other environments stay as they are.
        </p>
        <Button disabled={props.disabled} onClick={() => setOpen(true)}>
          Delete…
        </Button>
      </div>
      <ConfirmDialog
        open={isOpen()}
        onClose={() => setOpen(false)}
        onConfirm={() => void remove.run({ ...inputOf(place()), confirm: props.slug })}
        title={`Delete ${props.name}?`}
        consequence="Every program that uses its keys is refused from now on and goes on with its own defaults. It cannot be taken back."
        verb="Delete environment"
        typeName={props.slug}
        busy={remove.isBusy()}
      />
    </Section>
  );
}
