import { LIMITS } from "@halyard/contracts";
import * as schema from "@halyard/db/schema";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { genericOAuth, twoFactor } from "better-auth/plugins";
import { discoveryUrl } from "./discovery.ts";
import { afterEndpoint, beforeEndpoint } from "./hooks.ts";
import { createJoining } from "./joining.ts";
import { createLetters } from "./letters.ts";
import { type AuthOptions, OIDC } from "./options.ts";
import { hashIdentifier } from "./verifications.ts";

const SECOND = 1_000;
const RESET_MINUTES = 30;
const CONFIRM_HOURS = 24;

/** Sessions, passwords and second factors of people; organisations, roles and keys are ours. */
export const createAuth = (options: AuthOptions) => {
  const { db, secret, baseUrl, settings } = options;
  const isSecure = baseUrl.startsWith("https:");
  const joining = createJoining(options);
  const letters = createLetters(options, { resetMinutes: RESET_MINUTES, confirmHours: CONFIRM_HOURS });
  return betterAuth({
    appName: "Halyard",
    baseURL: baseUrl,
    basePath: "/api/auth",
    secret,
    database: drizzleAdapter(db, { provider: "pg", schema, transaction: false }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: settings.signUp === "closed",
      // The same answer whether or not the address has an account.
      autoSignIn: false,
      requireEmailVerification: settings.signUp === "open",
      minPasswordLength: LIMITS.password.min,
      maxPasswordLength: LIMITS.password.max,
      resetPasswordTokenExpiresIn: RESET_MINUTES * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: letters.sendReset,
      onPasswordReset: letters.passwordWasReset,
      onExistingUserSignUp: letters.accountExists,
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: true,
      expiresIn: CONFIRM_HOURS * 3_600,
      sendVerificationEmail: letters.sendConfirmation,
    },
    user: { validateUserInfo: joining.validate },
    account: { accountLinking: { enabled: true, trustedProviders: [] } },
    verification: { storeIdentifier: { hash: hashIdentifier } },
    session: {
      // The cookie lives as long as a session may; how long it was idle is looked at where sessions are read.
      expiresIn: settings.sessionMaxMs / SECOND,
      disableSessionRefresh: true,
      freshAge: 0,
    },
    socialProviders: {
      ...(settings.github && { github: { ...settings.github } }),
      ...(settings.google && { google: { ...settings.google } }),
      ...(settings.microsoft && { microsoft: { ...settings.microsoft } }),
      ...(settings.facebook && { facebook: { ...settings.facebook } }),
    },
    plugins: [
      twoFactor({ issuer: "Halyard", allowPasswordless: true }),
      ...(settings.oidc && options.isOidcThere
        ? [
            genericOAuth({
              config: [
                {
                  providerId: OIDC,
                  name: settings.oidc.name,
                  clientId: settings.oidc.clientId,
                  clientSecret: settings.oidc.clientSecret,
                  discoveryUrl: discoveryUrl(settings.oidc.issuer),
                  scopes: [...settings.oidc.scopes],
                  pkce: true,
                  requireIdTokenVerification: true,
                  mapProfileToUser: (claims) => ({ name: nameIn(claims) }),
                },
              ],
            }),
          ]
        : []),
    ],
    hooks: {
      before: beforeEndpoint({ db, settings, joining }),
      after: afterEndpoint({ baseUrl, joining, letters, membership: options.membership }),
    },
    advanced: {
      // `__Host-` binds the cookie to this host and path; browsers refuse it on plain http.
      cookiePrefix: isSecure ? "__Host-halyard" : "halyard",
      useSecureCookies: false,
      // Said aloud, because where NODE_ENV is "test" it would look at neither.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      defaultCookieAttributes: { secure: isSecure, httpOnly: true, sameSite: "lax", path: "/" },
      ipAddress: { ipAddressHeaders: ["x-forwarded-for"] },
    },
    // Also the very host that is asked, so that people can sign in by another name of the machine; no other site can send that.
    trustedOrigins: (request) => {
      const host = request?.headers.get("host");
      return [new URL(baseUrl).origin, ...(host ? [`http://${host}`, `https://${host}`] : [])];
    },
    // Ours counts by account too, and over all processes.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its own lines name session tokens. What fails comes back as an error, and is logged with the request.
    logger: { disabled: true },
    onAPIError: { throw: true, errorURL: `${baseUrl}/~/sign-in` },
  });
};

export type Auth = ReturnType<typeof createAuth>;

function nameIn(claims: Readonly<Record<string, unknown>>): string {
  const found = [claims["name"], claims["preferred_username"], claims["email"]].find((it) => typeof it === "string" && it !== "");
  return typeof found === "string" ? found.slice(0, LIMITS.name) : "";
}
