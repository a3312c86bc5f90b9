import { useLocation, useNavigate } from "@solidjs/router";
import { useQueryClient } from "@tanstack/solid-query";
import type { Accessor } from "solid-js";
import { createEffect } from "solid-js";
import { signOut } from "./auth.ts";
import { toErrorBody } from "./errors.ts";
import type { OutputOf } from "./procedures.ts";
import { ask, createApiQuery } from "./queries.ts";

export type Me = OutputOf<"account.me">;

export interface Session {
  /** Undefined until it is known, and for nobody. */
  readonly me: Accessor<Me | undefined>;
  readonly state: Accessor<"asking" | "in" | "out" | "unreachable">;
  readonly error: Accessor<unknown>;
  readonly retry: () => void;
}

export const SIGN_IN = "/~/sign-in";
export const SETUP = "/~/setup";
export const SIGN_UP = "/~/sign-up";
export const FORGOT = "/~/forgot-password";

/** Who is signed in; shared by all who ask. Sends nobody anywhere. */
export function createSession(): Session {
  const query = createApiQuery(() => ({ path: "account.me", input: undefined }));
  const isOut = () => query.error !== undefined && toErrorBody(query.error).code === "unauthenticated";

  return {
    me: () => (isOut() ? undefined : query.data),
    state: () => {
      if (isOut()) return "out";
      if (query.data) return "in";
      return query.error === undefined ? "asking" : "unreachable";
    },
    error: () => query.error,
    retry: query.refetch,
  };
}

/** The same for pages that need somebody: others are sent to sign in, or to set up a server that has no one yet. */
export function createRequiredSession(): Session {
  const session = createSession();
  const navigate = useNavigate();
  const location = useLocation();

  createEffect(() => {
    if (session.state() !== "out") return;
    const here = location.pathname + location.search;
    void whereToEnter(here).then((path) => navigate(path, { replace: true }));
  });
  return session;
}

/** `/~/setup` on a server without anybody, else `/~/sign-in?next=…`. */
export async function whereToEnter(next: string): Promise<string> {
  try {
    return (await ask("setup.status", undefined)).needed ? SETUP : signInThen(next);
  } catch {
    // Without an answer the sign-in page is right for all but the very first visit, and it can say what is wrong.
    return signInThen(next);
  }
}

export const signInThen = (next: string): string => (next === "/" ? SIGN_IN : `${SIGN_IN}?next=${encodeURIComponent(next)}`);

/** Where sign-in leads: only an address of this site, so that a link cannot send somebody elsewhere. */
export const safeNext = (next: string | undefined): string => (next !== undefined && /^\/(?![/\\])/.test(next) ? next : "/");

/** Signs out and leaves for the sign-in page, which leads on to `next`. */
export function useSignOut(): (next?: string) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (next = "/") => {
    await signOut(client);
    navigate(signInThen(next));
  };
}
