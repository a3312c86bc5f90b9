import { accountRouter } from "./features/account/account.router.ts";
import { usageRouter } from "./features/analytics/usage.router.ts";
import { apiKeysRouter } from "./features/api-keys/api-keys.router.ts";
import { auditRouter } from "./features/audit/audit.router.ts";
import { environmentsRouter } from "./features/environments/environments.router.ts";
import { flagsRouter } from "./features/flags/flags.router.ts";
import { overridesRouter } from "./features/flags/overrides.router.ts";
import { variantsRouter } from "./features/flags/variants.router.ts";
import { grantsRouter } from "./features/grants/grants.router.ts";
import { permissionsRouter } from "./features/grants/permissions.router.ts";
import { groupsRouter } from "./features/groups/groups.router.ts";
import { evaluationsRouter, identitiesRouter, identityOverridesRouter } from "./features/identities/identities.router.ts";
import { importsRouter } from "./features/imports/index.ts";
import { invitationsRouter } from "./features/invitations/invitations.router.ts";
import { environmentKeysRouter } from "./features/keys/keys.router.ts";
import { liveRouter } from "./features/live/live.router.ts";
import { membersRouter } from "./features/members/members.router.ts";
import { organisationsRouter } from "./features/organisations/organisations.router.ts";
import { projectsRouter } from "./features/projects/projects.router.ts";
import { revisionsRouter } from "./features/revisions/revisions.router.ts";
import { rolesRouter } from "./features/roles/roles.router.ts";
import { segmentsRouter } from "./features/segments/segments.router.ts";
import { setupRouter } from "./features/setup/setup.router.ts";
import { tagsRouter } from "./features/tags/tags.router.ts";
import { verificationRouter } from "./features/verification/verification.router.ts";
import { router } from "./trpc.ts";

/** The management API: people by session, programs by API key. The same procedures are REST under `/rest/v1`. */
export const appRouter = router({
  account: accountRouter,
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  environmentKeys: environmentKeysRouter,
  environments: environmentsRouter,
  evaluations: evaluationsRouter,
  flags: flagsRouter,
  grants: grantsRouter,
  groups: groupsRouter,
  identities: identitiesRouter,
  identityOverrides: identityOverridesRouter,
  imports: importsRouter,
  invitations: invitationsRouter,
  live: liveRouter,
  members: membersRouter,
  organisations: organisationsRouter,
  overrides: overridesRouter,
  permissions: permissionsRouter,
  projects: projectsRouter,
  revisions: revisionsRouter,
  roles: rolesRouter,
  segments: segmentsRouter,
  setup: setupRouter,
  tags: tagsRouter,
  usage: usageRouter,
  variants: variantsRouter,
  verification: verificationRouter,
});

export type AppRouter = typeof appRouter;
