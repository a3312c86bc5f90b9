import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { renderLetter } from "./layout.ts";
import { type MailData, type MailTemplate, writeLetter } from "./templates.ts";
import { createMailTransport, type MailSettings } from "./transport.ts";

export interface Message<T extends MailTemplate> {
  readonly to: string;
  readonly template: T;
  readonly data: MailData[T];
}

export interface Mail {
  /**
   * Takes a mail and returns at once: whether the address exists and how the mail server feels must not show in how long an
   * answer takes. Call it after the commit, never inside a transaction. What cannot be sent is tried again a little, then logged.
   */
  send<T extends MailTemplate>(message: Message<T>): void;
  /** Waits for what is under way, without further tries. */
  close(): Promise<void>;
}

export interface MailOptions {
  readonly settings: MailSettings;
  readonly log: Logger;
  /** Waits between two tries. @default one second, then ten */
  readonly retryMs?: readonly number[];
}

const RETRY_MS = [1_000, 10_000];
/** Mails under way at once; more are dropped and logged, rather than filling the memory while a mail server hangs. */
const MOST_UNDER_WAY = 1_000;

export function createMail({ settings, log, retryMs = RETRY_MS }: MailOptions): Mail {
  const transport = createMailTransport(settings, log);
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();

  const deliver = async <T extends MailTemplate>({ to, template, data }: Message<T>) => {
    const letter = writeLetter(template, data);
    const outgoing = { to, link: letter.button?.url, ...renderLetter(letter) };
    for (const pause of [...retryMs, undefined]) {
      try {
        await transport.deliver(outgoing);
        return;
      } catch (error) {
        if (pause === undefined || isFinal(error) || closing.signal.aborted) {
          log.error({ err: error, to, template }, "a mail was not sent");
          return;
        }
        log.warn({ err: error, to, template }, "a mail was not sent yet; trying again");
        await wait(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };

  return {
    send(message) {
      if (closing.signal.aborted || underWay.size >= MOST_UNDER_WAY) {
        log.error({ to: message.to, template: message.template }, "a mail was not sent: too many are under way");
        return;
      }
      const sending = deliver(message).finally(() => underWay.delete(sending));
      underWay.add(sending);
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
      transport.close();
    },
  };
}

/** A mail server that answered with a 5xx means it; a lost connection or a 4xx may pass. */
const isFinal = (error: unknown): boolean =>
  error instanceof Error && "responseCode" in error && typeof error.responseCode === "number" && error.responseCode >= 500;
