import { ALL_PERMISSIONS, definitionOf, type Permission } from "./permissions.ts";

/** Built-in roles, the strongest first. */
export const ROLES = ["owner", "admin", "editor", "viewer"] as const;
export type Role = (typeof ROLES)[number];

const VIEWER: readonly Permission[] = [
  "VIEW_ORGANISATION",
  "VIEW_MEMBERS",
  "VIEW_PROJECT",
  "VIEW_ENVIRONMENT",
  "VIEW_IDENTITIES",
];
const EDITOR: readonly Permission[] = [
  ...VIEWER,
  "CREATE_FEATURE",
  "EDIT_FEATURE",
  "DELETE_FEATURE",
  "MANAGE_SEGMENTS",
  "MANAGE_TAGS",
  "VIEW_AUDIT_LOG",
  "CREATE_PROJECT_LEVEL_CHANGE_REQUESTS",
  "APPROVE_PROJECT_LEVEL_CHANGE_REQUESTS",
  "UPDATE_FEATURE_STATE",
  "MANAGE_SEGMENT_OVERRIDES",
  "MANAGE_IDENTITIES",
  "CREATE_CHANGE_REQUEST",
  "APPROVE_CHANGE_REQUEST",
];

/** What each built-in role permits. A weaker role's set is part of a stronger one's. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(ALL_PERMISSIONS),
  admin: new Set(ALL_PERMISSIONS.filter((it) => it !== "MANAGE_OWNERS")),
  editor: new Set(EDITOR),
  viewer: new Set(VIEWER),
};

export const ROLE_SENTENCES: Readonly<Record<Role, string>> = {
  owner: "Everything. An organisation always has at least one.",
  admin: "Everything but who the owners are.",
  editor: "Flags, segments, tags and identities; no people, keys or settings.",
  viewer: "Looks at everything, changes nothing.",
};

/** A role's permissions with what they are useless without: who may change something inside a place may see the place. */
export function withViews(permissions: Iterable<Permission>): ReadonlySet<Permission> {
  const all = new Set(permissions);
  const levels = new Set([...all].map((it) => definitionOf(it).level));
  all.add("VIEW_ORGANISATION");
  if (levels.has("project") || levels.has("environment")) all.add("VIEW_PROJECT");
  if (levels.has("environment")) all.add("VIEW_ENVIRONMENT");
  if (all.has("MANAGE_IDENTITIES")) all.add("VIEW_IDENTITIES");
  return all;
}
