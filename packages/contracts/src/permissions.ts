export { can, canForSomeTags, covers, type Grant, type Place, type Target } from "./permissions/can.ts";
export {
  ALL_PERMISSIONS,
  definitionOf,
  isPermission,
  type Level,
  PERMISSIONS,
  type Permission,
  type PermissionFor,
} from "./permissions/permissions.ts";
export { ROLE_PERMISSIONS, ROLE_SENTENCES, ROLES, type Role, withViews } from "./permissions/roles.ts";
