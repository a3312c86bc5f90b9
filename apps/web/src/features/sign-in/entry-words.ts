/** Why a provider's sign-in came back without a session, by the code in the address. */
const REFUSALS: Readonly<Record<string, string>> = {
  account_not_linked:
    "There is an account with this address whose address was never confirmed, or the provider does not vouch for it. Sign in with its password, or choose a new one by mail, then try again.",
  sign_up_not_allowed: "You have no account here yet. Ask an administrator of your organisation for an invitation.",
  signup_disabled: "You have no account here yet. Ask an administrator of your organisation for an invitation.",
  email_not_found: "The provider did not tell your e-mail address, which an account needs.",
  access_denied: "The provider did not let you in, or you cancelled.",
  state_mismatch: "This took too long, or began in another browser. Try again.",
  TOKEN_EXPIRED: "This link is too old. Sign in, and a new one is mailed to you.",
  INVALID_TOKEN: "This link is wrong or was cut. Open the whole link from the mail.",
};

export const refusalWords = (code: string): string =>
  REFUSALS[code] ?? "That sign-in did not work. Try again, or use another way.";
