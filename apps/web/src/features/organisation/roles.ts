import type { Role } from "@halyard/contracts/permissions";

/** What can be given: owners are made one by one, which is no everyday choice. */
export const ROLES = [
  { value: "viewer", label: "Viewer" },
  { value: "editor", label: "Editor" },
  { value: "admin", label: "Admin" },
] as const;
export type GivenRole = (typeof ROLES)[number]["value"];

const OWNER = { value: "owner", label: "Owner" } as const;
const NONE = { value: "none", label: "By grants only" } as const;

/** With "none" for somebody who has only what groups and grants give. */
export const ROLES_OR_NONE = [...ROLES, NONE] as const;
export type GivenRoleOrNone = GivenRole | "none";

/** The same, with the one somebody has already. */
export const rolesWith = (role: Role | null) => (role === "owner" ? [...ROLES_OR_NONE, OWNER] : ROLES_OR_NONE);

export const orNull = <R extends string>(role: R | "none"): R | null => (role === "none" ? null : role);

export const labelOf = (role: Role | null): string => [...ROLES, OWNER].find((it) => it.value === role)?.label ?? NONE.label;
