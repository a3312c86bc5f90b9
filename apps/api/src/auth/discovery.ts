import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { z } from "zod";

export interface DiscoveryOptions {
  readonly issuer: string;
  readonly log: Logger;
  /** Called once, when the provider has answered. */
  readonly onFound: () => void;
  /** Longest wait between two tries. @default 30 s */
  readonly maxWaitMs?: number;
}

const TIMEOUT_MS = 5_000;
const FIRST_WAIT_MS = 500;
const document = z.object({ issuer: z.string(), authorization_endpoint: z.url(), token_endpoint: z.url(), jwks_uri: z.url() });

export const discoveryUrl = (issuer: string): string => `${issuer}/.well-known/openid-configuration`;

/** Asks a provider of OpenID Connect for its endpoints until it answers, so that it may be away when Halyard starts. @returns stops asking */
export function discover({ issuer, log, onFound, maxWaitMs = 30_000 }: DiscoveryOptions): () => void {
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  const run = async () => {
    for (let pauseMs = FIRST_WAIT_MS, tries = 1; !isStopped(); pauseMs = Math.min(pauseMs * 2, maxWaitMs), tries++) {
      const failure = await ask(issuer, stopping.signal);
      if (isStopped()) return;
      if (failure === undefined) {
        onFound();
        return;
      }
      // Once aloud; it may be away for days.
      log[tries === 1 ? "warn" : "debug"](
        { issuer, reason: failure },
        "the sign-in provider does not answer; asking again until it does",
      );
      await wait(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  };
  void run();
  return () => stopping.abort();
}

/** @returns what is wrong, or `undefined` */
async function ask(issuer: string, stopping: AbortSignal): Promise<string | undefined> {
  try {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
    const response = await fetch(discoveryUrl(issuer), { signal, headers: { accept: "application/json" } });
    if (!response.ok) return `it answered ${response.status}`;
    const found = document.safeParse(await response.json());
    if (!found.success) return "its configuration document lacks endpoints";
    return found.data.issuer.replace(/\/+$/, "") === issuer ? undefined : `it calls itself ${found.data.issuer}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}
