export interface Rule {
  readonly points: number;
  readonly seconds: number;
  /** What somebody did too often. */
  readonly what: string;
}

const MINUTE = 60;

/** How often is too often. Of one account: whoever asks; of one address: whatever is asked for. */
export const RULES = {
  "sign-in:account": { points: 5, seconds: MINUTE, what: "sign-ins to this account" },
  "sign-in:address": { points: 30, seconds: MINUTE, what: "sign-ins from this address" },
  "code:address": { points: 30, seconds: MINUTE, what: "codes from this address" },
  "mail:account": { points: 5, seconds: 15 * MINUTE, what: "mails to this address" },
  "mail:address": { points: 20, seconds: 15 * MINUTE, what: "requests for a mail" },
  "token:address": { points: 20, seconds: MINUTE, what: "links and tokens from this address" },
  "password:person": { points: 10, seconds: MINUTE, what: "questions for your password" },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof RULES;
