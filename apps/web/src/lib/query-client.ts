import { QueryClient } from "@tanstack/solid-query";
import { toErrorBody } from "./errors.ts";

const RETRIES = 2;

/** Only a server that did not answer, or said so, is asked again; a refusal stays one. */
const isWorthRetrying = (error: unknown): boolean => ["unavailable", "rate_limited"].includes(toErrorBody(error).code);

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // The live feed says what is old; this is for pages without one.
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        retry: (count, error) => count < RETRIES && isWorthRetrying(error),
        retryDelay: (count) => 500 * 2 ** count,
      },
    },
  });
