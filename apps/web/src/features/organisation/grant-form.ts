import type { InputOf } from "../../lib/procedures.ts";
import type { GivenRole } from "./roles.ts";

/** No slug: stands for the whole organisation, and for all environments of a project. */
export const ALL = "*";

export interface GrantForm {
  /** `member:<user id>`, `group:<id>` or `apiKey:<id>` */
  readonly subject: string | undefined;
  /** A built-in role, or `custom:<id>`. */
  readonly role: string;
  readonly project: string;
  readonly environment: string;
  readonly tags: readonly string[];
}

export const EMPTY_GRANT: GrantForm = { subject: undefined, role: "editor", project: ALL, environment: ALL, tags: [] };

export const placeOf = (organisation: string, { project, environment }: GrantForm): InputOf<"permissions.mine"> => ({
  organisation,
  ...(project !== ALL && { project }),
  ...(project !== ALL && environment !== ALL && { environment }),
});

/** What the server takes. */
export function grantOf(organisation: string, form: GrantForm): InputOf<"grants.create"> {
  return {
    ...placeOf(organisation, form),
    ...subjectOf(form.subject ?? ""),
    ...roleOf(form.role),
    ...(form.tags.length > 0 && { tags: [...form.tags] }),
  };
}

function subjectOf(subject: string) {
  const id = subject.slice(subject.indexOf(":") + 1);
  if (subject.startsWith("group:")) return { group: Number(id) };
  return subject.startsWith("apiKey:") ? { apiKey: Number(id) } : { member: id };
}

const roleOf = (role: string) =>
  role.startsWith("custom:") ? { customRole: Number(role.slice("custom:".length)) } : { role: role as GivenRole };
