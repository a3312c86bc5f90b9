import { router } from "./trpc.ts";

/** The management API: people by session, programs by API key. The same procedures are REST under `/rest/v1`. */
export const appRouter = router({});

export type AppRouter = typeof appRouter;
