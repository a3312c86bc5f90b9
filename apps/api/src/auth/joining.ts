import { type Claims, grantsOf } from "./claims.ts";
import { type AuthOptions, OIDC } from "./options.ts";

/** What better-auth tells of somebody who signs in from outside, or is about to get an account. */
interface Arrival {
  readonly user: { readonly email?: string | undefined; readonly emailVerified?: boolean | undefined };
  readonly source: {
    readonly action: "create-user" | "link-account" | "sign-in";
    readonly method: string;
    readonly oauth?: { readonly providerId: string; readonly profile?: Claims | undefined } | undefined;
  };
}

/** Who may get an account, and what claims give to those who have one. */
export function createJoining({ settings, membership }: Pick<AuthOptions, "settings" | "membership">) {
  /** Claims of a request that is under way, by better-auth's own object for it. */
  const claimsOf = new WeakMap<object, Claims>();

  const mayJoin = async ({ user, source }: Arrival): Promise<boolean> => {
    if (settings.signUp === "open") return true;
    const claims = isOidc(source.oauth) ? source.oauth?.profile : undefined;
    if (claims && grantsOf(claims, settings.oidc?.claims ?? []).length > 0) return true;
    return settings.signUp === "invited" && user.email !== undefined && membership.isInvited(user.email.toLowerCase());
  };

  return {
    mayJoin,
    validate: async (arrival: Arrival, endpoint: { readonly context: object }) => {
      const { oauth, action } = arrival.source;
      if (isOidc(oauth) && oauth?.profile) claimsOf.set(endpoint.context, oauth.profile);
      if (action !== "create-user" || (await mayJoin(arrival))) return undefined;
      return { error: "sign_up_not_allowed", errorDescription: "Ask an administrator for an invitation." };
    },
    /** @throws where the organisations cannot be reached: nobody comes in with rights that are not known */
    async assign(userId: string, context: object): Promise<void> {
      const claims = claimsOf.get(context);
      if (!claims || !settings.oidc) return;
      const { claims: rules } = settings.oidc;
      const organisations = [...new Set(rules.map((rule) => rule.organisation))];
      await membership.assignFromClaims(userId, { grants: grantsOf(claims, rules), organisations });
    },
  };
}

export type Joining = ReturnType<typeof createJoining>;

const isOidc = (oauth: Arrival["source"]["oauth"]): boolean => oauth?.providerId === OIDC;
