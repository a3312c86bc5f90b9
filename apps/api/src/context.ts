import type { Db } from "@halyard/db";
import type { Logger } from "pino";
import type { Actor } from "./actor.ts";
import type { Auth, SignIn } from "./auth/index.ts";
import type { AuditTallies } from "./features/audit/index.ts";
import type { Delivery } from "./features/delivery/delivery.ts";
import type { RequestOrigin, RevisionStore } from "./features/revisions/index.ts";
import type { Limits } from "./limits/index.ts";
import type { Mail } from "./mail/index.ts";
import type { Standings } from "./permissions/standings.ts";

export interface VerificationSettings {
  /** Of the key that signs the daily heads; SubjectPublicKeyInfo, base64. */
  readonly publicKey: string;
  /** Undefined where audit events are kept for ever. */
  readonly retentionDays: number | undefined;
}

/** What every procedure may use; made once in `app.ts`. */
export interface Services {
  readonly db: Db;
  readonly revisions: RevisionStore;
  readonly delivery: Delivery;
  /** As it is now; see {@link SignIn}. */
  readonly auth: Auth;
  readonly signIn: SignIn;
  readonly mail: Mail;
  readonly standings: Standings;
  readonly verification: VerificationSettings;
  readonly limits: Limits;
  readonly tallies: AuditTallies;
  readonly log: Logger;
  /** Address people open, without a slash at the end; links in mails begin with it. */
  readonly baseUrl: string;
}

/** One management call. */
export interface Context extends Services {
  /** Null for somebody who is not signed in. */
  readonly actor: Actor | null;
  readonly request: RequestOrigin;
}

/** What a verb must know of who calls it; every signed-in {@link Context} is one. */
export interface Acting {
  readonly revisions: RevisionStore;
  readonly actor: Actor;
  readonly request?: RequestOrigin;
}
