import {
  ALL_PERMISSIONS,
  definitionOf,
  type Level,
  ROLE_PERMISSIONS,
  ROLE_SENTENCES,
  ROLES,
} from "@halyard/contracts/permissions";

const LEVELS: Readonly<Record<Level, string>> = {
  organisation: "Of an organisation",
  project: "Of a project; also granted for all projects at once",
  environment: "Of an environment; also granted for a project or for everything",
};

/** The page docs/permissions.md; `npm run generate` writes it, and a test keeps it so. */
export function permissionsPage(): string {
  const roles = ROLES.map((role) => `- **${role}**: ${ROLE_SENTENCES[role]}`);
  return [
    "# Permissions",
    "",
    "Made from `packages/contracts/src/permissions`; `npm run generate` writes it anew.",
    "",
    "Whoever asks holds roles: one for the whole organisation, and others by grants, to them or to a group they are in, limited to a",
    "project, an environment, or flags with certain tags. API keys hold roles in the same way. A call is allowed when one of them has the",
    "permission for the place. Dashboard, REST and WebSocket ask the same question, and `permissions.mine` answers it beforehand.",
    "",
    ...roles,
    "",
    "An organisation makes further roles of these permissions. Nobody can give, by any way, what they do not hold themselves.",
    "What may not be seen is *not found*; what may be seen but not done is refused with the name of what is missing and of who can grant it.",
    "API keys belong to the organisation: they stay when whoever made them leaves.",
    ...(Object.keys(LEVELS) as Level[]).flatMap((level) => ["", `## ${LEVELS[level]}`, "", ...table(level)]),
    "",
    "*by tag*: a grant that is limited to tags gives it for flags with one of these tags; the role's other permissions it gives in full.",
    "",
  ].join("\n");
}

function table(level: Level): string[] {
  const rows = ALL_PERMISSIONS.filter((it) => definitionOf(it).level === level).map((permission) => {
    const { sentence, byTag } = definitionOf(permission);
    const marks = ROLES.map((role) => (ROLE_PERMISSIONS[role].has(permission) ? "✓" : ""));
    return `| \`${permission}\` | ${sentence}${byTag ? " (*by tag*)" : ""} | ${marks.join(" | ")} |`;
  });
  return [`| permission | lets somebody | ${ROLES.join(" | ")} |`, `|---|---|${ROLES.map(() => ":-:|").join("")}`, ...rows];
}
