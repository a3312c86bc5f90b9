import type { Db } from "@halyard/db";
import type { Logger } from "pino";
import type { Mail } from "../mail/index.ts";
import type { Membership } from "./membership.ts";
import type { SignInSettings } from "./settings.ts";

export interface AuthOptions {
  readonly db: Db;
  readonly secret: string;
  /** Its scheme decides whether cookies are Secure. */
  readonly baseUrl: string;
  readonly settings: SignInSettings;
  readonly mail: Mail;
  readonly membership: Membership;
  readonly log: Logger;
  /** Whether the OpenID Connect provider has answered; it is left out until then, as better-auth would wait for it. */
  readonly isOidcThere: boolean;
}

/** What better-auth calls the provider that is configured by its issuer. */
export const OIDC = "oidc";
