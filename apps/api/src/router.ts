import { environmentsRouter } from "./features/environments/environments.router.ts";
import { importsRouter } from "./features/imports/index.ts";
import { environmentKeysRouter } from "./features/keys/keys.router.ts";
import { projectsRouter } from "./features/projects/projects.router.ts";
import { router } from "./trpc.ts";

/** The management API: people by session, programs by API key. The same procedures are REST under `/rest/v1`. */
export const appRouter = router({
  environmentKeys: environmentKeysRouter,
  environments: environmentsRouter,
  imports: importsRouter,
  projects: projectsRouter,
});

export type AppRouter = typeof appRouter;
