import { createTransport } from "nodemailer";
import type { Logger } from "pino";
import type { Rendered } from "./layout.ts";

export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…:465`. */
  readonly smtpUrl: string | undefined;
  readonly sendgridApiKey: string | undefined;
  /** Sender, such as `Halyard <flags@example.com>`. */
  readonly from: string;
}

export interface Outgoing extends Rendered {
  readonly to: string;
  /** The one thing in it that somebody without a mail server must see. */
  readonly link: string | undefined;
}

export interface Transport {
  /** @throws the server's refusal */
  deliver(mail: Outgoing): Promise<void>;
  close(): void;
}

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as const;
const SENDGRID = "smtps://smtp.sendgrid.net:465";

/** A mail server, SendGrid by its SMTP door, or neither: then mail is shown in the log, so that a first try needs no mail server. */
export function createMailTransport({ smtpUrl, sendgridApiKey, from }: MailSettings, log: Logger): Transport {
  const url = smtpUrl ?? sendgridUrl(sendgridApiKey);
  if (url === undefined) {
    return {
      deliver: ({ to, subject, link, text }) => {
        log.info(
          { to, subject, link, text: text.split("\n").filter((line) => line !== "") },
          "mail, shown here because no mail server is set",
        );
        return Promise.resolve();
      },
      close: () => undefined,
    };
  }
  const server = createTransport({ url, ...TIMEOUTS });
  return {
    deliver: async ({ to, subject, text, html }) => {
      await server.sendMail({ from, to: { name: "", address: to }, subject, text, html });
    },
    close: () => server.close(),
  };
}

function sendgridUrl(key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  const url = new URL(SENDGRID);
  url.username = "apikey";
  url.password = encodeURIComponent(key);
  return url.href;
}
