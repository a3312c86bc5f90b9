import { auditRouter } from "./features/audit/audit.router.ts";
import { environmentsRouter } from "./features/environments/environments.router.ts";
import { flagsRouter } from "./features/flags/flags.router.ts";
import { overridesRouter } from "./features/flags/overrides.router.ts";
import { variantsRouter } from "./features/flags/variants.router.ts";
import { evaluationsRouter, identitiesRouter, identityOverridesRouter } from "./features/identities/identities.router.ts";
import { importsRouter } from "./features/imports/index.ts";
import { environmentKeysRouter } from "./features/keys/keys.router.ts";
import { liveRouter } from "./features/live/live.router.ts";
import { projectsRouter } from "./features/projects/projects.router.ts";
import { revisionsRouter } from "./features/revisions/revisions.router.ts";
import { segmentsRouter } from "./features/segments/segments.router.ts";
import { tagsRouter } from "./features/tags/tags.router.ts";
import { router } from "./trpc.ts";

/** The management API: people by session, programs by API key. The same procedures are REST under `/rest/v1`. */
export const appRouter = router({
  audit: auditRouter,
  environmentKeys: environmentKeysRouter,
  environments: environmentsRouter,
  evaluations: evaluationsRouter,
  flags: flagsRouter,
  identities: identitiesRouter,
  identityOverrides: identityOverridesRouter,
  imports: importsRouter,
  live: liveRouter,
  overrides: overridesRouter,
  projects: projectsRouter,
  revisions: revisionsRouter,
  segments: segmentsRouter,
  tags: tagsRouter,
  variants: variantsRouter,
});

export type AppRouter = typeof appRouter;
