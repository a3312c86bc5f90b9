import {
  definitionOf,
  type Permission,
  ROLE_PERMISSIONS,
  ROLE_SENTENCES,
  ROLES,
  withViews,
} from "@halyard/contracts/permissions";
import Check from "lucide-solid/icons/check";
import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { LEVELS, permissionText } from "./permission-levels.ts";
import type { CustomRole } from "./RoleDialog.tsx";
import { labelOf } from "./roles.ts";

interface Column {
  readonly name: string;
  readonly about: string;
  readonly permits: ReadonlySet<Permission>;
}

const BUILT_IN: readonly Column[] = ROLES.map((role) => ({
  name: labelOf(role),
  about: ROLE_SENTENCES[role],
  permits: ROLE_PERMISSIONS[role],
}));

const headClass = "h-9 border-b border-line px-2 text-12 font-medium whitespace-nowrap";

/** Roles across, permissions down, by where they hold. */
export function RoleMatrix(props: { readonly custom: readonly CustomRole[] }): JSX.Element {
  const columns = (): readonly Column[] => [
    ...BUILT_IN,
    ...props.custom.map(({ name, description, permissions }) => ({ name, about: description, permits: withViews(permissions) })),
  ];

  return (
    // Scrolls sideways, so the keyboard must reach it.
    <div
      role="region"
      aria-label="Roles and permissions"
      tabindex="0"
      class="overflow-x-auto rounded-3 border border-line bg-surface -outline-offset-2"
    >
      <table class="w-full border-separate border-spacing-0 text-left">
        <caption class="sr-only">What each role permits</caption>
        <thead>
          <tr>
            <th scope="col" class={`${headClass} sticky left-0 bg-surface pl-4 text-faint`}>
              Whoever has it may
            </th>
            <For each={columns()}>
              {(role) => (
                <th scope="col" title={role.about} class={`${headClass} text-center`}>
                  {role.name}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <For each={LEVELS}>
          {(level) => (
            <tbody>
              <tr>
                <th scope="rowgroup" colspan={columns().length + 1} class="bg-sunken px-4 py-1.5 text-12 font-semibold">
                  {level.name}
                </th>
              </tr>
              <For each={level.permissions}>
                {(permission) => (
                  <tr class="hover:bg-hover">
                    <th
                      scope="row"
                      title={permission}
                      class="sticky left-0 min-w-44 border-b border-line bg-surface px-4 py-1.5 font-normal"
                    >
                      {permissionText(permission)}
                      <Show when={definitionOf(permission).byTag}>
                        <span class="text-12 text-faint"> · can be limited to tags</span>
                      </Show>
                    </th>
                    <For each={columns()}>{(role) => <Verdict isIn={role.permits.has(permission)} />}</For>
                  </tr>
                )}
              </For>
            </tbody>
          )}
        </For>
      </table>
    </div>
  );
}

function Verdict(props: { readonly isIn: boolean }) {
  return (
    <td class="w-20 border-b border-line px-2 text-center">
      <Show
        when={props.isIn}
        fallback={
          <span class="text-faint">
            <span aria-hidden="true">–</span>
            <span class="sr-only">no</span>
          </span>
        }
      >
        <Check size={16} class="inline text-accent" aria-hidden="true" />
        <span class="sr-only">yes</span>
      </Show>
    </td>
  );
}
