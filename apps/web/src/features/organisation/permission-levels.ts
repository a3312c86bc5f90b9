import { ALL_PERMISSIONS, type Level, PERMISSIONS, type Permission } from "@halyard/contracts/permissions";

interface PermissionLevel {
  readonly level: Level;
  readonly name: string;
  readonly permissions: readonly Permission[];
}

const NAMES: readonly { readonly level: Level; readonly name: string }[] = [
  { level: "environment", name: "In an environment" },
  { level: "project", name: "In a project" },
  { level: "organisation", name: "In the organisation" },
];

/** All permissions, what is used every day first. */
export const LEVELS: readonly PermissionLevel[] = NAMES.map((it) => ({
  ...it,
  permissions: ALL_PERMISSIONS.filter((permission) => PERMISSIONS[permission].level === it.level),
}));

/** "Make projects" */
export function permissionText(permission: Permission): string {
  const { sentence } = PERMISSIONS[permission];
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
