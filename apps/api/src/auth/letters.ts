import { user as userTable } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import type { AuthOptions } from "./options.ts";
import { forgetResets } from "./verifications.ts";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** How long links are good, as the mails say. */
interface Terms {
  readonly resetMinutes: number;
  readonly confirmHours: number;
}

/** The mails of sign-in. Links begin with the configured address, never with what a request says its host is. */
export function createLetters({ db, mail, baseUrl }: Pick<AuthOptions, "db" | "mail" | "baseUrl">, terms: Terms) {
  const link = (path: string, query: Readonly<Record<string, string>>) =>
    `${baseUrl}${path}?${new URLSearchParams(query).toString()}`;
  return {
    sendReset: async ({ user, token }: { readonly user: Person; readonly token: string }): Promise<void> => {
      await forgetResets(db, user.id, token);
      const data = { name: user.name, url: link("/~/reset-password", { token }), minutes: terms.resetMinutes };
      mail.send({ to: user.email, template: "reset-password", data });
    },
    /** The link came through the mailbox, so the address is its owner's; whoever used it before is out. */
    passwordWasReset: async ({ user }: { readonly user: Person }): Promise<void> => {
      await db.update(userTable).set({ emailVerified: true }).where(eq(userTable.id, user.id));
      await forgetResets(db, user.id);
      mail.send({ to: user.email, template: "password-changed", data: { name: user.name } });
    },
    passwordWasChanged: (user: Person) => mail.send({ to: user.email, template: "password-changed", data: { name: user.name } }),
    twoFactorWasSwitched: (user: Person, isOn: boolean) =>
      mail.send({ to: user.email, template: "two-factor-changed", data: { name: user.name, isOn } }),
    accountExists: ({ user }: { readonly user: Person }): Promise<void> => {
      mail.send({ to: user.email, template: "sign-up-known", data: { name: user.name, url: `${baseUrl}/~/sign-in` } });
      return Promise.resolve();
    },
    sendConfirmation: ({ user, token }: { readonly user: Person; readonly token: string }): Promise<void> => {
      const url = link("/api/auth/verify-email", { token, callbackURL: "/~/sign-in?confirmed=1" });
      mail.send({ to: user.email, template: "verify-email", data: { name: user.name, url, hours: terms.confirmHours } });
      return Promise.resolve();
    },
  };
}

export type Letters = ReturnType<typeof createLetters>;
