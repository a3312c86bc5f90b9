import { LIMITS } from "@halyard/contracts";
import type { Db } from "@halyard/db";
import * as schema from "@halyard/db/schema";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";

export interface AuthOptions {
  readonly db: Db;
  readonly secret: string;
  /** Its scheme decides whether cookies are Secure. */
  readonly baseUrl: string;
}

/** Sessions and passwords of people; organisations, roles and keys are ours. */
export const createAuth = ({ db, secret, baseUrl }: AuthOptions) =>
  betterAuth({
    baseURL: baseUrl,
    basePath: "/api/auth",
    secret,
    database: drizzleAdapter(db, { provider: "pg", schema, transaction: false }),
    emailAndPassword: {
      enabled: true,
      // People are made by the set-up link or by an administrator.
      disableSignUp: true,
      minPasswordLength: LIMITS.password.min,
      maxPasswordLength: LIMITS.password.max,
    },
    advanced: {
      cookiePrefix: "halyard",
      useSecureCookies: baseUrl.startsWith("https:"),
      // Its check asks for the table of e-mailed tokens too, which nothing that is switched on here uses.
      database: { validateSchema: false },
    },
    // Also the very host that is asked, so that people can sign in by another name of the machine; no other site can send that.
    trustedOrigins: (request) => {
      const host = request?.headers.get("host");
      return [new URL(baseUrl).origin, ...(host ? [`http://${host}`, `https://${host}`] : [])];
    },
    // Per process and address; the default would allow three sign-ins in ten seconds for a whole office behind one address.
    rateLimit: { enabled: true, window: 60, max: 600, customRules: { "/sign-in/email": { window: 60, max: 30 } } },
    telemetry: { enabled: false },
    // Its own lines name session tokens. What fails comes back as an error, and is logged with the request.
    logger: { disabled: true },
    onAPIError: { throw: true },
  });

export type Auth = ReturnType<typeof createAuth>;
