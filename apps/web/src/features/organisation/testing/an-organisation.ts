import { ALL_PERMISSIONS, type Permission, ROLE_PERMISSIONS, type Role } from "@halyard/contracts/permissions";
import type { Answers } from "../../../testing/network.ts";

const createdAt = "2026-11-01T00:00:00.000Z";

export const ADA = { userId: "u1", name: "Ada Lovelace", email: "ada@example.com", role: "owner", createdAt } as const;
export const MEL = { userId: "u2", name: "Mel Ortiz", email: "mel@example.com", role: "editor", createdAt } as const;
export const GROUP = {
  id: 7,
  name: "Backend",
  description: "Who keeps the servers up",
  externalId: null,
  isDefault: false,
  members: [{ userId: "u2", name: "Mel Ortiz" }],
  createdAt,
} as const;
export const GRANT = {
  id: 5,
  subject: { kind: "group", id: "7", name: "Backend" },
  role: "admin",
  customRole: null,
  project: "shop",
  environment: "staging",
  tags: null,
  createdAt,
} as const;

export const mine = (permissions: Iterable<Permission>, role: Role | null = null) => ({
  role,
  granted: [...permissions],
  byTag: [],
  granters: ["Ada Lovelace"],
});

/** Acme as somebody with a role sees it: Ada owns it, Mel edits. */
export const acmeFor = (role: Role): Answers => {
  const viewer = role === "owner" ? ADA : MEL;
  return {
    "account.me": () => ({
      kind: "person",
      id: viewer.userId,
      name: viewer.name,
      email: viewer.email,
      organisations: [{ id: 1, name: "Acme", slug: "acme", role, requireTwoFactor: false, createdAt }],
    }),
    "account.signInMethods": () => ({ signUp: "invited", providers: [], mailIsSent: true }),
    "permissions.mine": () =>
      mine(
        ALL_PERMISSIONS.filter((it) => ROLE_PERMISSIONS[role].has(it)),
        role,
      ),
    "members.list": () => [ADA, MEL],
    "groups.list": () => [GROUP],
    "grants.list": () => [GRANT],
    "roles.list": () => [],
    "apiKeys.list": () => [],
    "invitations.list": () => [],
    "projects.list": () => [{ id: 1, name: "Shop", slug: "shop", hideDisabledFlags: false, createdAt }],
    "environments.list": () => [],
    "tags.list": () => [],
  };
};
