export type { Auth } from "./create-auth.ts";
export { headersOf } from "./headers.ts";
export type { ClaimsOf } from "./membership.ts";
export { refuseWeakPassword } from "./passwords.ts";
export type { Sessions } from "./sessions.ts";
export { createSignIn, type SignIn } from "./sign-in.ts";
export { forgetResets, keepNewEmail, takeNewEmail } from "./verifications.ts";
