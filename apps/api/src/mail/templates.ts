import type { Letter } from "./layout.ts";

/** What each mail is about; links are whole addresses under the base URL. */
export interface MailData {
  readonly "verify-email": { readonly name: string; readonly url: string; readonly hours: number };
  readonly "reset-password": { readonly name: string; readonly url: string; readonly minutes: number };
  readonly invitation: {
    readonly organisation: string;
    readonly invitedBy: string;
    readonly role: string;
    readonly url: string;
    readonly days: number;
  };
  readonly "password-changed": { readonly name: string };
  /** To the old address, for its owner to say yes. */
  readonly "confirm-new-email": {
    readonly name: string;
    readonly newEmail: string;
    readonly url: string;
    readonly hours: number;
  };
  readonly "email-changed": { readonly name: string; readonly newEmail: string };
  readonly "two-factor-changed": { readonly name: string; readonly isOn: boolean };
  readonly "sign-up-known": { readonly name: string; readonly url: string };
}

export type MailTemplate = keyof MailData;

const ALARM = "If this was not you, reset your password now and tell an administrator of your organisation.";

const TEMPLATES: { readonly [T in MailTemplate]: (data: MailData[T]) => Letter } = {
  "verify-email": ({ name, url, hours }) => ({
    subject: "Confirm your e-mail address",
    paragraphs: [`Hello ${name},`, "confirm that this address is yours to use it with Halyard."],
    button: { label: "Confirm the address", url },
    notes: [`The link is good for ${hours} hours. If you did not ask for it, do nothing.`],
  }),
  "reset-password": ({ name, url, minutes }) => ({
    subject: "Choose a new password",
    paragraphs: [`Hello ${name},`, "somebody, hopefully you, asked for a new password for Halyard."],
    button: { label: "Choose a new password", url },
    notes: [
      `The link is good for ${minutes} minutes and works once. If you did not ask for it, do nothing: nothing has changed.`,
    ],
  }),
  invitation: ({ organisation, invitedBy, role, url, days }) => ({
    subject: `Join ${organisation} on Halyard`,
    paragraphs: [`${invitedBy} invites you to ${organisation} as ${role}.`],
    button: { label: "See the invitation", url },
    notes: [`The invitation is good for ${days} days, for this address only. If you do not know the sender, do nothing.`],
  }),
  "password-changed": ({ name }) => ({
    subject: "Your password was changed",
    paragraphs: [`Hello ${name},`, "your password for Halyard was changed, and other devices were signed out.", ALARM],
  }),
  "confirm-new-email": ({ name, newEmail, url, hours }) => ({
    subject: "Change your e-mail address?",
    paragraphs: [`Hello ${name},`, `somebody, hopefully you, wants to sign in to Halyard with ${newEmail} from now on.`],
    button: { label: "Yes, change it", url },
    notes: [`The link is good for ${hours} hours. If this was not you, do nothing, and change your password.`],
  }),
  "email-changed": ({ name, newEmail }) => ({
    subject: "Your e-mail address was changed",
    paragraphs: [`Hello ${name},`, `you sign in to Halyard with ${newEmail} from now on; this address is no longer used.`, ALARM],
  }),
  "two-factor-changed": ({ name, isOn }) => ({
    subject: `The second factor was switched ${isOn ? "on" : "off"}`,
    paragraphs: [
      `Hello ${name},`,
      `signing in to Halyard ${isOn ? "now asks" : "no longer asks"} for a code of your app.`,
      ALARM,
    ],
  }),
  "sign-up-known": ({ name, url }) => ({
    subject: "You have an account already",
    paragraphs: [
      `Hello ${name},`,
      "somebody, hopefully you, tried to make an account for Halyard with this address; it has one.",
    ],
    button: { label: "Sign in", url },
    notes: ["If you forgot the password, choose a new one there. If this was not you, do nothing."],
  }),
};

export function writeLetter<T extends MailTemplate>(template: T, data: MailData[T]): Letter {
  return TEMPLATES[template](data);
}
