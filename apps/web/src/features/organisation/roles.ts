import type { Role } from "@halyard/contracts/permissions";

/** What can be given: only owners make owners, which is no everyday choice. */
export const ROLES = [
  { value: "viewer", label: "Viewer" },
  { value: "editor", label: "Editor" },
  { value: "admin", label: "Admin" },
] as const;
export type GivenRole = (typeof ROLES)[number]["value"];

const OWNER = { value: "owner", label: "Owner" } as const;
const NONE = { value: "none", label: "By grants only" } as const;

/** The same, with the one somebody has already. */
export const rolesWith = (role: Role | null) => (role === "owner" ? [...ROLES, OWNER] : role === null ? [NONE, ...ROLES] : ROLES);

export const labelOf = (role: Role | null): string => [...ROLES, OWNER].find((it) => it.value === role)?.label ?? NONE.label;
