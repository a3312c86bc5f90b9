import type { signInMethods } from "@halyard/contracts/schemas";
import type { z } from "zod";
import { type Auth, createAuth } from "./create-auth.ts";
import { discover } from "./discovery.ts";
import { type AuthOptions, OIDC } from "./options.ts";
import { createSessions, type Sessions } from "./sessions.ts";

type Methods = z.output<typeof signInMethods>;

export interface SignIn {
  /** Another one once the OpenID Connect provider has answered; do not keep it. */
  readonly auth: Auth;
  readonly sessions: Sessions;
  /** What the sign-in page offers at this moment. */
  methods(): Methods;
  close(): void;
}

export interface SignInOptions extends Omit<AuthOptions, "isOidcThere"> {
  readonly mailIsSent: boolean;
}

const NAMES = { github: "GitHub", google: "Google", microsoft: "Microsoft", facebook: "Facebook" } as const;
const BUILT_IN = ["github", "google", "microsoft", "facebook"] as const;

/** Signing in, with a provider that may come later: better-auth reads providers only once, so it is made anew then. */
export function createSignIn(options: SignInOptions): SignIn {
  const { db, settings, log } = options;
  let auth = createAuth({ ...options, isOidcThere: false });
  let isOidcThere = false;
  const stop =
    settings.oidc &&
    discover({
      issuer: settings.oidc.issuer,
      log,
      onFound: () => {
        auth = createAuth({ ...options, isOidcThere: true });
        isOidcThere = true;
      },
    });
  return {
    get auth() {
      return auth;
    },
    sessions: createSessions({ db, auth: () => auth, idleMs: settings.sessionIdleMs }),
    methods: () => ({
      signUp: settings.signUp,
      providers: [
        ...(settings.oidc && isOidcThere ? [{ id: OIDC, name: settings.oidc.name }] : []),
        ...BUILT_IN.filter((id) => settings[id] !== undefined).map((id) => ({ id, name: NAMES[id] })),
      ],
      mailIsSent: options.mailIsSent,
    }),
    close: () => stop?.(),
  };
}
