import type { ErrorBody } from "@halyard/contracts";
import type { QueryClient } from "@tanstack/solid-query";
import { RefusedError } from "./errors.ts";

/** Calls of sign-in, which set cookies and so are plain requests. */
async function post(path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  let response: Response;
  try {
    response = await fetch(`/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new RefusedError({ code: "unavailable", message: "The server did not answer. Try again in a moment." });
  }
  const answer = (await response.json().catch(() => ({}))) as Readonly<Record<string, unknown>>;
  if (response.ok) return answer;
  throw new RefusedError(refusalOf(response.status, answer));
}

function refusalOf(status: number, answer: Readonly<Record<string, unknown>>): ErrorBody {
  if (status >= 500)
    return { code: "unavailable", message: "The server cannot sign anybody in right now. Try again in a moment." };
  const said = typeof answer.message === "string" ? answer.message : undefined;
  if (status === 429) return { code: "rate_limited", message: said ?? "Too many attempts. Wait a minute, then try again." };
  if (status === 401) return { code: "unauthenticated", message: said ?? "This does not belong together." };
  return { code: "invalid", message: said ?? "The server did not take this. Look at it once more." };
}

/** The same refusal in words that fit the form. */
async function worded<T>(act: Promise<T>, code: ErrorBody["code"], message: string): Promise<T> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof RefusedError && error.body.code === code) throw new RefusedError({ code, message });
    throw error;
  }
}

/** @returns whether a code is asked for next. @throws RefusedError */
export async function signIn(
  client: QueryClient,
  who: { readonly email: string; readonly password: string },
): Promise<"in" | "needs-code"> {
  const answer = await worded(
    post("/sign-in/email", who),
    "unauthenticated",
    "This address and password do not belong together.",
  );
  if (answer.twoFactorRedirect === true) return "needs-code";
  client.clear();
  return "in";
}

/** @throws RefusedError */
export async function giveCode(client: QueryClient, code: string, kind: "app" | "recovery"): Promise<void> {
  const path = kind === "app" ? "/two-factor/verify-totp" : "/two-factor/verify-backup-code";
  const wrong =
    kind === "app"
      ? "This code is wrong or was used already. Wait for the next one, or sign in again after ten minutes."
      : "This recovery code is wrong or was used already; each works once.";
  await worded(post(path, { code }), "unauthenticated", wrong);
  client.clear();
}

/** Leaves for another place to sign in with. @throws RefusedError */
export async function signInWith(provider: string, next: string): Promise<void> {
  const answer = await post("/sign-in/social", { provider, callbackURL: next, errorCallbackURL: "/~/sign-in" });
  if (typeof answer.url === "string") window.location.assign(answer.url);
}

/** @throws RefusedError */
export async function askForReset(email: string): Promise<void> {
  await post("/request-password-reset", { email });
}

/** @throws RefusedError */
export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await post("/reset-password", { token, newPassword });
}

/** @throws RefusedError */
export async function signUp(who: { readonly name: string; readonly email: string; readonly password: string }): Promise<void> {
  await post("/sign-up/email", who);
}

/** Forgets everything read so far, too. @throws RefusedError */
export async function signOut(client: QueryClient): Promise<void> {
  await post("/sign-out", {});
  client.clear();
}

/** Ends every other session. @throws RefusedError */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post("/change-password", { currentPassword, newPassword });
}

/** What an authenticator app takes, and the codes for the day it is lost; neither counts before `confirmTwoFactor`. */
export interface TwoFactorSetup {
  /** `otpauth://…` */
  readonly address: string;
  readonly recoveryCodes: readonly string[];
}

const codesOf = (answer: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(answer.backupCodes) ? answer.backupCodes.map(String) : [];

/** @param password left out by somebody who has none @throws RefusedError */
export async function beginTwoFactor(password: string | undefined): Promise<TwoFactorSetup> {
  const answer = await post("/two-factor/enable", { password });
  return { address: typeof answer.totpURI === "string" ? answer.totpURI : "", recoveryCodes: codesOf(answer) };
}

/** @throws RefusedError */
export async function confirmTwoFactor(code: string): Promise<void> {
  const wrong = "This code is wrong or was used already. Wait for the next one.";
  await worded(post("/two-factor/verify-totp", { code }), "unauthenticated", wrong);
}

/** @throws RefusedError */
export async function endTwoFactor(password: string | undefined): Promise<void> {
  await post("/two-factor/disable", { password });
}

/** The earlier ones no longer work. @throws RefusedError */
export async function renewRecoveryCodes(password: string | undefined): Promise<readonly string[]> {
  return codesOf(await post("/two-factor/generate-backup-codes", { password }));
}
