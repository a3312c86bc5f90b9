import { A } from "@solidjs/router";
import ChevronRight from "lucide-solid/icons/chevron-right";
import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { Section } from "../../ui/Page.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { CreateProject } from "./CreateProject.tsx";

interface OrganisationCardProps {
  readonly organisation: OutputOf<"account.me">["organisations"][number];
}

/** An organisation with its projects. */
export function OrganisationCard(props: OrganisationCardProps): JSX.Element {
  const [isCreating, setCreating] = createSignal(false);
  const permissions = createOwnPermissions(() => ({ organisation: props.organisation.slug }));
  const projects = createApiQuery(() => ({
    path: "projects.list",
    input: { organisation: props.organisation.slug },
  }));

  return (
    <Section
      title={props.organisation.name}
      about={
        permissions.may("CREATE_PROJECT") === false ? `Your role here: ${props.organisation.role ?? "by grants"}.` : undefined
      }
      actions={
        <>
          <A href={`/${props.organisation.slug}/~/members`} class={buttonClass("quiet", "small")}>
            People and keys
          </A>
          <Show when={permissions.may("CREATE_PROJECT")}>
            <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setCreating(true)}>
              New project
            </Button>
          </Show>
        </>
      }
    >
      <ListState
        kind={listKind(projects, { count: projects.data?.length ?? 0 })}
        what="projects"
        error={errorMessage(projects.error)}
        onRetry={projects.refetch}
        empty={
          <p class="py-3 text-muted">
            No projects yet. A project holds the flags of one product, for all its environments.{" "}
            {permissions.whyNot("CREATE_PROJECT")}
          </p>
        }
      >
        <ul>
          <For each={projects.data}>
            {(project) => (
              <li class="border-b border-line last:border-0">
                <A
                  href={`/${props.organisation.slug}/${project.slug}`}
                  class="-mx-2 flex min-h-11 items-center gap-3 rounded-2 px-2 hover:bg-hover"
                >
                  <span aria-hidden="true" class="inline-flex">
                    <Avatar name={project.name} square />
                  </span>
                  <span class="min-w-0 truncate font-medium">{project.name}</span>
                  <span class="min-w-0 flex-1 truncate font-mono text-code text-faint">{project.slug}</span>
                  <span class="text-12 max-desk:hidden">
                    <RelativeTime at={project.createdAt} />
                  </span>
                  <ChevronRight size={14} class="text-faint" aria-hidden="true" />
                </A>
              </li>
            )}
          </For>
        </ul>
      </ListState>
      <CreateProject organisation={props.organisation.slug} open={isCreating()} onClose={() => setCreating(false)} />
    </Section>
  );
}
