import { user as userTable } from "@halyard/db/schema";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { eq } from "drizzle-orm";
import { generateSync } from "otplib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { AppRouter } from "../router.ts";
import { type Browser, openBrowser } from "../testing/browser.ts";
import { linkIn, type Mailbox, openMailbox } from "../testing/mailbox.ts";
import { startServer, type TestServer } from "../testing/server.ts";

const PASSWORD = "wooden boats sail slowly";

let mailbox: Mailbox;
let server: TestServer;
beforeAll(async () => {
  mailbox = await openMailbox();
  server = await startServer({
    environment: {
      HALYARD_SIGN_UP: "open",
      HALYARD_SMTP_URL: mailbox.url,
      HALYARD_MAIL_FROM: "flags@example.com",
      HALYARD_TRUSTED_PROXIES: "loopback",
    },
  });
});
afterAll(async () => {
  await server.close();
  await mailbox.close();
});

let count = 0;
const browser = () => openBrowser(server);

async function join() {
  const email = `person${++count}@example.com`;
  const page = browser();
  await page.post("/api/auth/sign-up/email", { name: "Pat", email, password: PASSWORD });
  const link = linkIn(await mailbox.next(email));
  await page.get(link.pathname + link.search);
  await page.signIn(email, PASSWORD);
  return { email, page };
}

const codeOf = (secret: string, secondsFromNow = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1_000) + secondsFromNow });

/** Somebody whose second factor is on; the present code is used up by it. */
async function enrol() {
  const { email, page } = await join();
  const before = page.cookie();
  const { body } = await page.post("/api/auth/two-factor/enable", { password: PASSWORD });
  const { totpURI, backupCodes } = body as { totpURI: string; backupCodes: string[] };
  const secret = new URL(totpURI).searchParams.get("secret") ?? "";
  expect(await page.post("/api/auth/two-factor/verify-totp", { code: codeOf(secret) })).toMatchObject({ status: 200 });
  expect(page.cookie()).not.toBe(before);
  return { email, page, secret, backupCodes };
}

/** Password given, code still missing. */
async function half(email: string): Promise<Browser> {
  const page = browser();
  expect(await page.signIn(email, PASSWORD)).toMatchObject({ status: 200, body: { twoFactorRedirect: true } });
  return page;
}
const give = (page: Browser, code: string) => page.post("/api/auth/two-factor/verify-totp", { code });

describe("S-2FA-1: a second factor", () => {
  it("is asked before anything else, over HTTP and WebSocket", async () => {
    const { email } = await enrol();
    const page = await half(email);

    for (const path of [
      "me",
      "me/profile",
      "me/sessions",
      "organisations",
      "organisations/halyard/members",
      "organisations/halyard/projects",
    ]) {
      expect([path, (await page.get(`/rest/v1/${path}`)).status]).toEqual([path, 401]);
    }
    expect((await page.post("/api/auth/two-factor/disable", { password: PASSWORD })).status).toBe(401);
    class Socket extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { cookie: page.cookie(), origin: server.address } });
      }
    }
    const client = createWSClient({
      url: `${server.address.replace("http", "ws")}/trpc`,
      WebSocket: Socket as unknown as typeof globalThis.WebSocket,
    });
    const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
    await expect(trpc.account.me.query()).rejects.toMatchObject({ data: { code: "unauthenticated" } });
    await client.close();
  });

  it("takes a code once, and none of a minute and a half ago", async () => {
    const { email, secret } = await enrol();
    const used = codeOf(secret);
    const fresh = codeOf(secret, 30);

    expect((await give(await half(email), used)).status).toBe(401);
    expect((await give(await half(email), codeOf(secret, -90))).status).toBe(401);
    const page = await half(email);
    expect((await give(page, fresh)).status).toBe(200);
    expect(await page.me()).toBe(200);
    const again = await half(email);
    expect((await give(again, fresh)).status).toBe(401);
    expect(await again.me()).toBe(401);
  });

  it("takes a code once, also from two at the same moment", async () => {
    const { email, secret } = await enrol();
    const pages = [await half(email), await half(email), await half(email)];

    const answers = await Promise.all(pages.map((page) => give(page, codeOf(secret, 30))));

    expect(answers.map((it) => it.status).sort()).toEqual([200, 401, 401]);
  });

  it("ends the challenge with the sixth wrong code", async () => {
    const { email, secret } = await enrol();
    const page = await half(email);

    const statuses: number[] = [];
    for (let at = 0; at < 6; at++) statuses.push((await give(page, `00000${at}`)).status);

    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await give(page, codeOf(secret, 30))).status).toBe(401);
  });

  it("is replaced by a recovery code, each of which works once", async () => {
    const { email, backupCodes } = await enrol();
    const recover = async () =>
      (await (await half(email)).post("/api/auth/two-factor/verify-backup-code", { code: backupCodes[0] })).status;

    expect(await recover()).toBe(200);
    expect(await recover()).toBe(401);
    const page = await half(email);
    await page.post("/api/auth/two-factor/verify-backup-code", { code: backupCodes[1] });
    expect(await page.get("/rest/v1/me/profile")).toMatchObject({ body: { twoFactor: { isOn: true, recoveryCodesLeft: 8 } } });
  });

  it("stays on when the password is reset", async () => {
    const { email, secret } = await enrol();
    await mailbox.next(email);
    await browser().post("/api/auth/request-password-reset", { email });
    const token = linkIn(await mailbox.next(email)).searchParams.get("token");
    await browser().post("/api/auth/reset-password", { token, newPassword: "green apples fall at dusk" });

    const page = browser();
    expect(await page.signIn(email, "green apples fall at dusk")).toMatchObject({ body: { twoFactorRedirect: true } });
    expect(await page.me()).toBe(401);
    expect((await give(page, codeOf(secret, 30))).status).toBe(200);
  });

  it("is switched on and off only with the password, and the address is told", async () => {
    const { email, page } = await enrol();
    expect(await mailbox.next(email)).toContain("now asks for a code");

    expect((await page.post("/api/auth/two-factor/enable", { password: "not the password" })).status).toBe(400);
    expect((await page.post("/api/auth/two-factor/disable", { password: "not the password" })).status).toBe(400);
    expect((await page.post("/api/auth/two-factor/generate-backup-codes", {})).status).toBe(400);
    expect((await page.post("/api/auth/two-factor/disable", { password: PASSWORD })).status).toBe(200);

    expect(await mailbox.next(email)).toContain("no longer asks for a code");
    expect(await browser().signIn(email, PASSWORD)).toMatchObject({ status: 200 });
    const [row] = await server.services.db.select().from(userTable).where(eq(userTable.email, email));
    expect(row?.twoFactorEnabled).toBe(false);
  });
});
