import { type SignUpMode, slug } from "@halyard/contracts/schemas";
import { z } from "zod";

/** A client that was registered with a provider of sign-in. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface OidcSettings extends Client {
  /** Without a slash at the end. */
  readonly issuer: string;
  /** What the button is called. */
  readonly name: string;
  readonly scopes: readonly string[];
  readonly claims: readonly ClaimRule[];
}

export interface SignInSettings {
  readonly signUp: SignUpMode;
  /** A session that was not used for so long ends. */
  readonly sessionIdleMs: number;
  /** A session ends so long after signing in. */
  readonly sessionMaxMs: number;
  readonly github: Client | undefined;
  readonly google: Client | undefined;
  readonly microsoft: (Client & { readonly tenantId: string }) | undefined;
  readonly facebook: Client | undefined;
  readonly oidc: OidcSettings | undefined;
}

const claimRule = z.strictObject({
  /** Dotted where it is inside of another, such as `realm_access.roles`. */
  claim: z.string().min(1).max(200),
  /** Equal to the claim, or among its list. */
  value: z.string().min(1).max(200),
  organisation: slug,
  role: z.string().min(1).max(100).optional(),
  groups: z.array(z.string().min(1).max(100)).max(50).optional(),
});
/** What somebody who has a claim gets. */
export type ClaimRule = z.infer<typeof claimRule>;

export const CLAIM_RULES_WISH =
  'must be a JSON list of objects such as {"claim":"groups","value":"flags-admins","organisation":"acme","role":"admin","groups":[]}';

/** @returns `undefined` for anything else than a list of rules */
export function readClaimRules(text: string): readonly ClaimRule[] | undefined {
  try {
    return z.array(claimRule).max(500).safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // No JSON; the caller says what was wanted.
  }
}
