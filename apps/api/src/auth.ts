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
    advanced: { cookiePrefix: "halyard", useSecureCookies: baseUrl.startsWith("https:") },
    trustedOrigins: [new URL(baseUrl).origin],
    telemetry: { enabled: false },
  });

export type Auth = ReturnType<typeof createAuth>;
