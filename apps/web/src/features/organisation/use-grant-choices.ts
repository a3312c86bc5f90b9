import type { Accessor } from "solid-js";
import { createOwnPermissions } from "../../lib/permissions.ts";
import { createApiQuery } from "../../lib/queries.ts";
import type { Choice } from "../../ui/Select.tsx";
import { ALL } from "./grant-form.ts";
import { ROLES } from "./roles.ts";

interface GrantChoices {
  readonly subjects: Accessor<readonly Choice[]>;
  readonly roles: Accessor<readonly Choice[]>;
  readonly projects: Accessor<readonly Choice[]>;
}

/** To whom what can be granted where, as far as the viewer may know it. */
export function createGrantChoices(organisation: Accessor<string>): GrantChoices {
  const of = () => ({ input: { organisation: organisation() } });
  const permissions = createOwnPermissions(() => of().input);
  const members = createApiQuery(() => ({ path: "members.list", ...of() }));
  const groups = createApiQuery(() => ({ path: "groups.list", ...of() }));
  const keys = createApiQuery(() => ({ path: "apiKeys.list", ...of(), enabled: permissions.may("MANAGE_API_KEYS") === true }));
  const custom = createApiQuery(() => ({ path: "roles.list", ...of() }));
  const projects = createApiQuery(() => ({ path: "projects.list", ...of() }));

  return {
    subjects: () => [
      ...(groups.data ?? []).map(({ id, name }) => ({ value: `group:${id}`, label: name, hint: "group" })),
      ...(members.data ?? []).map(({ userId, name, email }) => ({ value: `member:${userId}`, label: name, hint: email })),
      ...(keys.data ?? [])
        .filter((key) => key.revokedAt === null)
        .map(({ id, name }) => ({ value: `apiKey:${id}`, label: name, hint: "API key" })),
    ],
    roles: () => [...ROLES, ...(custom.data ?? []).map(({ id, name }) => ({ value: `custom:${id}`, label: name }))],
    projects: () => [
      { value: ALL, label: "The whole organisation" },
      ...(projects.data ?? []).map(({ slug, name }) => ({ value: slug, label: name })),
    ],
  };
}
