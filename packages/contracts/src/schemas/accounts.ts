import { z } from "zod";
import { email, instant, name, text } from "./text.ts";

/** Who may make an account: anybody, whoever was invited, or nobody. */
export const signUpMode = z.enum(["open", "invited", "closed"]);
export type SignUpMode = z.infer<typeof signUpMode>;

/** What the sign-in page offers; everybody may know it. */
export const signInMethods = z.object({
  signUp: signUpMode,
  /** Other places to sign in with, in the order of their buttons; one that does not answer is missing until it does. */
  providers: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Without a mail server links are shown in the server's log only. */
  mailIsSent: z.boolean(),
});

/** What somebody sees of the own account. */
export const profile = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  hasPassword: z.boolean(),
  twoFactor: z.object({ isOn: z.boolean(), recoveryCodesLeft: z.number().int() }),
  /** Places outside that one signs in with. */
  linkedAccounts: z.array(z.object({ id: z.string(), provider: z.string(), linkedAt: instant })),
  /** Organisations that ask for a second factor and are closed until it is on. */
  waitingForTwoFactor: z.array(z.object({ slug: z.string(), name: z.string() })),
  createdAt: instant,
});
export const updateProfileInput = z.strictObject({ name });

export const session = z.object({
  id: z.string(),
  isCurrent: z.boolean(),
  /** Browser and system, as they name themselves. */
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  signedInAt: instant,
  lastUsedAt: instant,
  /** It ends then, however much it is used. */
  endsAt: instant,
});
export const revokeSessionInput = z.strictObject({ id: text(100) });

const oldPassword = z.string().max(1_000);
/** `password` is the present one; left out by somebody who has none and signed in just now. */
export const changeEmailInput = z.strictObject({ email, password: oldPassword.optional() });
/** `token` stands in the mailed link. */
export const confirmEmailInput = z.strictObject({ token: text(200) });
export const unlinkAccountInput = z.strictObject({ id: text(100), password: oldPassword.optional() });
/** `confirm` repeats the e-mail address. */
export const deleteAccountInput = z.strictObject({ confirm: text(320), password: oldPassword.optional() });
