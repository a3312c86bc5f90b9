import { once } from "node:events";
import { SMTPServer } from "smtp-server";

/** A mail server on a free port, and what arrived there, decoded. `answer` refuses a mail by returning an error. */
export async function openMailbox(answer: (arrived: number) => Error | undefined = () => undefined) {
  const arrived: string[] = [];
  const unread: string[] = [];
  let heard: () => void = () => undefined;
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const mail = decode(Buffer.concat(chunks).toString("latin1"));
        arrived.push(mail);
        unread.push(mail);
        done(answer(arrived.length));
        heard();
      });
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as { port: number };
  const until = async (count: number) => {
    while (arrived.length < count)
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
  };
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    until,
    /** The oldest mail to this address, or to any, that was not read yet; waits for it. */
    async next(to = ""): Promise<string> {
      for (;;) {
        const at = unread.findIndex((mail) => mail.includes(`\nTo: ${to}`));
        const [mail] = at === -1 ? [] : unread.splice(at, 1);
        if (mail !== undefined) return mail;
        await until(arrived.length + 1);
      }
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

export type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

/** Undoes quoted-printable. */
const decode = (mail: string): string =>
  Buffer.from(
    mail.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");

/** The first address in a mail's text. */
export const linkIn = (mail: string): URL => new URL(/https?:\/\/\S+/.exec(mail)?.[0] ?? "");
