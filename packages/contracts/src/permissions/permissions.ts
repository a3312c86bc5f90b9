/** What a permission is about. One of a level can also be granted for all there is above: a project's, for all projects. */
export type Level = "organisation" | "project" | "environment";

interface Definition {
  readonly level: Level;
  /** Ends the sentence "Whoever has it may …". */
  readonly sentence: string;
  /** True where a grant limited to tags gives it for flags with one of these tags only. */
  readonly byTag?: true;
}

/** Every permission there is. The first words are Flagsmith's, so that its roles can be carried over name by name. */
export const PERMISSIONS = {
  VIEW_ORGANISATION: { level: "organisation", sentence: "see the organisation; every member and API key of it may" },
  VIEW_MEMBERS: { level: "organisation", sentence: "see the organisation's people, groups and roles" },
  MANAGE_ORGANISATION: { level: "organisation", sentence: "rename the organisation and change its settings" },
  MANAGE_OWNERS: { level: "organisation", sentence: "make owners, demote them and hand the organisation over" },
  MANAGE_MEMBERS: { level: "organisation", sentence: "invite, add, change and remove people" },
  MANAGE_USER_GROUPS: { level: "organisation", sentence: "make groups, change them and choose who is in them" },
  MANAGE_ROLES: { level: "organisation", sentence: "make custom roles and change what they permit" },
  MANAGE_API_KEYS: { level: "organisation", sentence: "list, make, rotate and revoke API keys" },
  CREATE_PROJECT: { level: "organisation", sentence: "make projects" },

  VIEW_PROJECT: { level: "project", sentence: "see the project, its segments and tags" },
  UPDATE_PROJECT: { level: "project", sentence: "rename the project and change its settings" },
  DELETE_PROJECT: { level: "project", sentence: "delete the project with all it holds" },
  CREATE_ENVIRONMENT: { level: "project", sentence: "make environments" },
  CREATE_FEATURE: { level: "project", sentence: "make flags, which then exist in every environment" },
  EDIT_FEATURE: { level: "project", sentence: "edit what a flag is: description, owners, defaults, schema and variants" },
  DELETE_FEATURE: { level: "project", sentence: "delete archived flags for good", byTag: true },
  MANAGE_SEGMENTS: { level: "project", sentence: "make, change and delete segments, which hold in every environment" },
  MANAGE_TAGS: { level: "project", sentence: "make tags, change them and put them on flags" },
  IMPORT_FEATURES: { level: "project", sentence: "import flags from a file" },
  VIEW_AUDIT_LOG: { level: "project", sentence: "read who did what, when and from where" },
  CREATE_PROJECT_LEVEL_CHANGE_REQUESTS: { level: "project", sentence: "propose changes of segments" },
  APPROVE_PROJECT_LEVEL_CHANGE_REQUESTS: { level: "project", sentence: "approve other people's changes of segments" },
  MANAGE_PROJECT_LEVEL_CHANGE_REQUESTS: { level: "project", sentence: "publish and discard changes of segments" },

  VIEW_ENVIRONMENT: { level: "environment", sentence: "see the environment: its flags, overrides, keys and history" },
  UPDATE_ENVIRONMENT: { level: "environment", sentence: "change the environment's settings" },
  DELETE_ENVIRONMENT: { level: "environment", sentence: "delete the environment" },
  MANAGE_ENVIRONMENT_KEYS: { level: "environment", sentence: "make, rotate and revoke the environment's SDK keys" },
  UPDATE_FEATURE_STATE: { level: "environment", sentence: "turn flags on and off and change what they answer", byTag: true },
  MANAGE_SEGMENT_OVERRIDES: { level: "environment", sentence: "set what a flag answers to a segment", byTag: true },
  VIEW_IDENTITIES: { level: "environment", sentence: "see identities, their traits and what they get" },
  MANAGE_IDENTITIES: { level: "environment", sentence: "change identities, their traits and overrides" },
  CREATE_CHANGE_REQUEST: { level: "environment", sentence: "propose changes of flags", byTag: true },
  APPROVE_CHANGE_REQUEST: { level: "environment", sentence: "approve other people's changes of flags", byTag: true },
  MANAGE_ACCESS: { level: "environment", sentence: "grant roles to people, groups and API keys, and withdraw them" },
} as const satisfies Readonly<Record<string, Definition>>;

export type Permission = keyof typeof PERMISSIONS;
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as readonly Permission[];

/** A permission of the level, or of one below it, which is then asked for everything inside. */
export type PermissionFor<L extends Level> = {
  [P in Permission]: L extends "organisation"
    ? P
    : L extends "project"
      ? (typeof PERMISSIONS)[P]["level"] extends "organisation"
        ? never
        : P
      : (typeof PERMISSIONS)[P]["level"] extends "environment"
        ? P
        : never;
}[Permission];

export const definitionOf = (permission: Permission): Definition => PERMISSIONS[permission];
export const isPermission = (text: string): text is Permission => Object.hasOwn(PERMISSIONS, text);
