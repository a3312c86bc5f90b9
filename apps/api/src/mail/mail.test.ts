import { once } from "node:events";
import { createServer } from "node:net";
import { pino } from "pino";
import { afterEach, expect, it } from "vitest";
import { createLog } from "../log.ts";
import { openMailbox } from "../testing/mailbox.ts";
import { containing } from "../testing/matchers.ts";
import { createMail, type Mail } from "./index.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function startMailServer(answer?: (arrived: number) => Error | undefined) {
  const mailbox = await openMailbox(answer);
  closers.push(mailbox.close);
  return mailbox;
}

function startMail(smtpUrl: string | undefined, log = pino({ level: "silent" })): Mail {
  const settings = { smtpUrl, sendgridApiKey: undefined, from: "Halyard <flags@example.com>" };
  const mail = createMail({ settings, log, retryMs: [1, 1] });
  closers.push(() => mail.close());
  return mail;
}

/** Lines of a log, as they are written. */
function keepLog() {
  const lines: Record<string, unknown>[] = [];
  const log = createLog("info", { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  return { log, lines };
}

const reset = (name: string) => ({ name, url: "https://flags.example.com/~/reset-password?token=abc", minutes: 30 });
it("arrives at the mail server as text and as HTML, from the configured sender", async () => {
  const server = await startMailServer();

  startMail(server.url).send({ to: "ada@example.com", template: "reset-password", data: reset("Ada") });

  const mail = await server.next();
  expect(mail).toContain("From: Halyard <flags@example.com>");
  expect(mail).toContain("To: ada@example.com");
  expect(mail).toContain("Subject: Choose a new password");
  expect(mail).toContain("Content-Type: text/plain");
  expect(mail).toContain("Content-Type: text/html");
  expect(mail).toContain('<a href="https://flags.example.com/~/reset-password?token=abc"');
});

it("S-HTML-1, S-HDR-3: shows names as text, and lets none begin a header or a line", async () => {
  const server = await startMailServer();
  const mail = startMail(server.url);
  const organisation = '"><img src=x onerror=alert(1)>\r\nBcc: eve@example.com\u2028{{7*7}}';
  const url = "https://flags.example.com/~/invitation?token=abc";

  mail.send({
    to: "ada@example.com",
    template: "invitation",
    data: { organisation, invitedBy: "Eve", role: "viewer", url, days: 7 },
  });

  const arrived = await server.next();
  expect(arrived).not.toMatch(/^Bcc:/m);
  expect(arrived.split("text/html")[1]).not.toContain("<img");
  expect(arrived).toContain("&lt;img src=x onerror=alert(1)&gt; Bcc: eve@example.com {{7*7}}");
});

it("tries again where the server has a passing trouble, and not where it refuses for good", async () => {
  const refusal = (code: number) => Object.assign(new Error("no"), { responseCode: code });
  const passing = await startMailServer((arrived) => (arrived < 3 ? refusal(451) : undefined));
  const final = await startMailServer(() => refusal(550));
  const { log, lines } = keepLog();

  startMail(passing.url).send({ to: "ada@example.com", template: "password-changed", data: { name: "Ada" } });
  await passing.until(3);
  const refused = startMail(final.url, log);
  refused.send({ to: "ada@example.com", template: "password-changed", data: { name: "Ada" } });
  await final.until(1);
  await refused.close();

  expect(final.arrived).toHaveLength(1);
  expect(lines).toMatchObject([{ level: 50, to: "ada@example.com", template: "password-changed", msg: "a mail was not sent" }]);
});

it("logs, without the mail's content, what no server took", async () => {
  const nobody = createServer();
  nobody.listen(0, "127.0.0.1");
  await once(nobody, "listening");
  const { port } = nobody.address() as { port: number };
  await new Promise((resolve) => nobody.close(resolve));
  const { log, lines } = keepLog();

  const mail = startMail(`smtp://127.0.0.1:${port}`, log);
  mail.send({ to: "ada@example.com", template: "reset-password", data: reset("Ada") });
  await mail.close();

  expect(lines.at(-1)).toMatchObject({ level: 50, msg: "a mail was not sent", template: "reset-password" });
  expect(JSON.stringify(lines)).not.toContain("token=abc");
});

it("is shown in the log, with its link, where no mail server is set", async () => {
  const { log, lines } = keepLog();

  const mail = startMail(undefined, log);
  mail.send({ to: "ada@example.com", template: "reset-password", data: reset("Ada") });
  await mail.close();

  expect(lines).toMatchObject([
    { to: "ada@example.com", subject: "Choose a new password", link: reset("Ada").url, msg: containing("no mail server is set") },
  ]);
});
