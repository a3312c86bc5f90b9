import type { Db } from "@halyard/db";
import { APIError, createAuthMiddleware, getSessionFromCtx, isAPIError } from "better-auth/api";
import { deleteSessionCookie } from "better-auth/cookies";
import { headersOf } from "./headers.ts";
import type { Joining } from "./joining.ts";
import type { Letters } from "./letters.ts";
import type { Membership } from "./membership.ts";
import { refuseWeakPassword } from "./passwords.ts";
import type { SignInSettings } from "./settings.ts";
import { forgetExpired } from "./verifications.ts";

/** What better-auth calls the cookie of somebody whose password was right and whose code is still missing. */
const CHALLENGE_COOKIE = "two_factor";
const CHALLENGE_SECONDS = 600;
/** A code is accepted for half a minute before and after its own. */
const CODE_LIFE_MS = 120_000;

type Ctx = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];
type Body = Readonly<Record<string, unknown>>;

interface Before {
  readonly db: Db;
  readonly settings: SignInSettings;
  readonly joining: Joining;
}

/** What is asked before better-auth's own questions. */
export const beforeEndpoint = ({ db, settings, joining }: Before) =>
  createAuthMiddleware(async (ctx) => {
    const body = (ctx.body ?? {}) as Body;
    switch (ctx.path) {
      case "/sign-up/email": {
        const email = textOf(body["email"]);
        refuseWeakPassword(textOf(body["password"]), { email, name: textOf(body["name"]) });
        const source = { action: "create-user", method: "email-password" } as const;
        if (settings.signUp !== "closed" && (await joining.mayJoin({ user: { email }, source }))) return undefined;
        throw new APIError("FORBIDDEN", {
          code: "SIGN_UP_NOT_ALLOWED",
          message: "Nobody can make an account here without an invitation; ask an administrator for one.",
        });
      }
      case "/reset-password": {
        const found = await ctx.context.internalAdapter.findVerificationValue(`reset-password:${textOf(body["token"])}`);
        const user = found && (await ctx.context.internalAdapter.findUserById(found.value));
        refuseWeakPassword(textOf(body["newPassword"]), { email: user?.email, name: user?.name }, "newPassword");
        return undefined;
      }
      case "/change-password": {
        const session = await getSessionFromCtx(ctx);
        refuseWeakPassword(textOf(body["newPassword"]), { email: session?.user.email, name: session?.user.name }, "newPassword");
        return { context: { body: { ...body, revokeOtherSessions: true } } };
      }
      case "/two-factor/verify-totp":
        await useCodeOnce(ctx, db, textOf(body["code"]));
        return undefined;
      default:
        return undefined;
    }
  });

interface After {
  readonly baseUrl: string;
  readonly joining: Joining;
  readonly letters: Letters;
  readonly membership: Membership;
}

/** What follows once better-auth has answered. */
export const afterEndpoint = ({ baseUrl, joining, letters, membership }: After) =>
  createAuthMiddleware(async (ctx) => {
    const { newSession, returned } = ctx.context;
    if (ctx.path === "/sign-in/email" && isAPIError(returned)) {
      membership.signInFailed(textOf(((ctx.body ?? {}) as Body)["email"]));
      return;
    }
    if (ctx.path === "/callback/:id" && newSession) {
      await joining.assign(newSession.user.id, ctx.context);
      await tellSignedIn(ctx, membership);
      if (newSession.user["twoFactorEnabled"] === true) await askForCode(ctx, baseUrl);
      return;
    }
    if (isAPIError(returned) || !newSession) return;
    await tellSignedIn(ctx, membership);
    const { user, session } = newSession;
    if (ctx.path === "/change-password") letters.passwordWasChanged(user);
    if (ctx.path === "/two-factor/disable") letters.twoFactorWasSwitched(user, false);
    // With a session before it, a right code is the end of enrolling.
    const isEnrolling = ctx.path === "/two-factor/verify-totp" && ctx.context.session?.session.id !== session.id;
    if (isEnrolling && ctx.context.session) letters.twoFactorWasSwitched(user, true);
  });

const METHODS: Readonly<Record<string, string>> = {
  "/sign-in/email": "password",
  "/callback/:id": "provider",
  "/two-factor/verify-totp": "code",
  "/two-factor/verify-backup-code": "recovery-code",
};

/** A right code within a session is about the account, and no sign-in. */
async function tellSignedIn(ctx: Ctx, membership: Membership): Promise<void> {
  const { newSession } = ctx.context;
  const method = METHODS[ctx.path];
  if (!newSession || method === undefined) return;
  const isCode = ctx.path.startsWith("/two-factor/");
  if (isCode && ctx.context.session) return;
  const secondFactor = isCode ? "given" : newSession.user["twoFactorEnabled"] === true ? "asked" : "none";
  const address = ctx.headers?.get("x-forwarded-for") ?? null;
  await membership.signedIn(newSession.user.id, { method, secondFactor, address });
}

/**
 * A code that somebody looked over a shoulder is worth nothing once it was used.
 * Told apart before it is checked, so that two requests at once cannot both use it.
 */
async function useCodeOnce(ctx: Ctx, db: Db, code: string): Promise<void> {
  const userId = await whoseCode(ctx);
  if (userId === undefined) return;
  await forgetExpired(db);
  const isNew = await ctx.context.internalAdapter.reserveVerificationValue({
    identifier: `used-code:${userId}:${code}`,
    value: "used",
    expiresAt: new Date(Date.now() + CODE_LIFE_MS),
  });
  if (!isNew) throw new APIError("UNAUTHORIZED", { code: "INVALID_CODE", message: "This code was used; wait for the next one." });
}

async function whoseCode(ctx: Ctx): Promise<string | undefined> {
  const session = await getSessionFromCtx(ctx);
  if (session) return session.user.id;
  const { name } = ctx.context.createAuthCookie(CHALLENGE_COOKIE);
  const challenge = await ctx.getSignedCookie(name, ctx.context.secret);
  if (!challenge) return undefined;
  return (await ctx.context.internalAdapter.findVerificationValue(challenge))?.value;
}

/** better-auth asks for a code after a password only; somebody who comes from a provider is asked here, in the same way. */
async function askForCode(ctx: Ctx, baseUrl: string): Promise<void> {
  const { newSession, internalAdapter, returned } = ctx.context;
  if (!newSession) return;
  await internalAdapter.deleteSession(newSession.session.token);
  deleteSessionCookie(ctx, true);
  ctx.context.setNewSession(null);
  const challenge = `2fa-${crypto.randomUUID()}`;
  const expiresAt = new Date(Date.now() + CHALLENGE_SECONDS * 1_000);
  await internalAdapter.createVerificationValue({ value: newSession.user.id, identifier: challenge, expiresAt });
  await internalAdapter.createVerificationValue({ value: "0", identifier: `2fa-attempts-${challenge}`, expiresAt });
  const cookie = ctx.context.createAuthCookie(CHALLENGE_COOKIE, { maxAge: CHALLENGE_SECONDS });
  await ctx.setSignedCookie(cookie.name, challenge, ctx.context.secret, cookie.attributes);
  const next =
    ctx.context.responseHeaders?.get("location") ?? (isAPIError(returned) ? headersOf(returned).get("location") : null);
  throw ctx.redirect(`${baseUrl}/~/sign-in?step=code${next ? `&next=${encodeURIComponent(pathOf(next, baseUrl))}` : ""}`);
}

const pathOf = (address: string, baseUrl: string): string => {
  const url = new URL(address, baseUrl);
  return url.pathname + url.search;
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
