import { organisation, session as sessionTable, user as userTable } from "@halyard/db/schema";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { AppRouter } from "../../router.ts";
import { openBrowser } from "../../testing/browser.ts";
import { linkIn, type Mailbox, openMailbox } from "../../testing/mailbox.ts";
import { containing } from "../../testing/matchers.ts";
import { startServer, type TestServer } from "../../testing/server.ts";

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
const elsewhere = async (email: string) => {
  const page = browser();
  await page.signIn(email, PASSWORD);
  return page;
};

describe("an account", () => {
  it("shows and changes what is the person's own", async () => {
    const { email, page } = await join();

    expect(await page.get("/rest/v1/me/profile")).toMatchObject({
      status: 200,
      body: {
        name: "Pat",
        email,
        emailVerified: true,
        hasPassword: true,
        twoFactor: { isOn: false, recoveryCodesLeft: 0 },
        linkedAccounts: [],
      },
    });
    expect(await page.send("PATCH", "/rest/v1/me/profile", { name: "  Patricia " })).toMatchObject({
      body: { name: "Patricia" },
    });
    expect(await page.send("PATCH", "/rest/v1/me/profile", { name: "" })).toMatchObject({
      status: 400,
      body: { fields: [{ path: "name" }] },
    });
    expect(
      await page.send("PATCH", "/rest/v1/me/profile", { name: "P", email: "x@example.com", emailVerified: true }),
    ).toMatchObject({ status: 400 });
    expect(await page.post("/rest/v1/me/linked-accounts/none/unlink", { password: PASSWORD })).toMatchObject({ status: 404 });
    expect(await server.ask("GET", "/rest/v1/me/profile")).toMatchObject({ status: 403 });
    expect(await browser().get("/rest/v1/me/profile")).toMatchObject({ status: 401 });
  });

  it("lists its sessions, ends one, ends all others, and touches nobody else's", async () => {
    const { email, page } = await join();
    const [second, third] = [await elsewhere(email), await elsewhere(email)];
    const stranger = await join();
    const sessions = async (of: typeof page) =>
      (await of.get("/rest/v1/me/sessions")).body as { id: string; isCurrent: boolean; userAgent: string; address: string }[];

    const own = await sessions(page);
    expect(own.filter((it) => it.isCurrent)).toHaveLength(1);
    expect(own).toHaveLength(3);
    expect(own[0]).toMatchObject({ userAgent: "A browser", address: containing("10.") });
    const [current] = (await sessions(second)).filter((it) => it.isCurrent);
    expect((await stranger.page.send("DELETE", `/rest/v1/me/sessions/${current?.id}`)).status).toBe(404);
    expect((await page.send("DELETE", `/rest/v1/me/sessions/${current?.id}`)).status).toBe(204);
    expect([await page.me(), await second.me(), await third.me()]).toEqual([200, 401, 200]);
    expect((await page.send("DELETE", "/rest/v1/me/sessions")).status).toBe(204);
    expect([await page.me(), await third.me(), await stranger.page.me()]).toEqual([200, 401, 200]);
  });

  it("S-SES-7: changes its address with the password and a link to the new one, which voids resets and sessions", async () => {
    const { email, page } = await join();
    const next = `new-${email}`;
    await browser().post("/api/auth/request-password-reset", { email });
    const reset = linkIn(await mailbox.next(email)).searchParams.get("token");

    expect(await page.post("/rest/v1/me/email", { email: next })).toMatchObject({
      status: 400,
      body: { fields: [{ path: "password" }] },
    });
    expect(await page.post("/rest/v1/me/email", { email: next, password: "not the password" })).toMatchObject({ status: 400 });
    expect(await page.post("/rest/v1/me/email", { email, password: PASSWORD })).toMatchObject({
      status: 400,
      body: { fields: [{ path: "email" }] },
    });
    expect((await page.post("/rest/v1/me/email", { email: next, password: PASSWORD })).status).toBe(204);
    const token = linkIn(await mailbox.next(next)).searchParams.get("token");
    expect((await browser().post("/rest/v1/confirm-email", { token: "guess" })).status).toBe(400);
    expect(await browser().post("/rest/v1/confirm-email", { token })).toMatchObject({ status: 200, body: { email: next } });

    expect((await browser().post("/rest/v1/confirm-email", { token })).status).toBe(400);
    expect(await mailbox.next(email)).toContain("Your e-mail address was changed");
    expect(await page.me()).toBe(401);
    expect((await browser().signIn(email, PASSWORD)).status).toBe(401);
    expect((await browser().signIn(next, PASSWORD)).status).toBe(200);
    expect(
      (await browser().post("/api/auth/reset-password", { token: reset, newPassword: "green apples fall at dusk" })).status,
    ).toBe(400);
  });

  it("S-ENUM-1: says the same for an address that somebody has, and mails nothing there", async () => {
    const [other, { page }] = [await join(), await join()];
    const before = mailbox.arrived.length;

    expect((await page.post("/rest/v1/me/email", { email: other.email, password: PASSWORD })).status).toBe(204);
    await page.post("/rest/v1/me/email", { email: `free-${other.email}`, password: PASSWORD });
    await mailbox.next(`free-${other.email}`);

    expect(mailbox.arrived.length - before).toBe(1);
  });

  it("is deleted with everything, by the password and its address", async () => {
    const { email, page } = await join();
    const db = server.services.db;

    expect(await page.post("/rest/v1/me/delete", { confirm: "somebody@example.com", password: PASSWORD })).toMatchObject({
      status: 400,
      body: { fields: [{ path: "confirm" }] },
    });
    expect(await page.post("/rest/v1/me/delete", { confirm: email })).toMatchObject({
      status: 400,
      body: { fields: [{ path: "password" }] },
    });
    expect((await page.post("/rest/v1/me/delete", { confirm: email, password: PASSWORD })).status).toBe(204);

    expect(await page.me()).toBe(401);
    expect((await browser().signIn(email, PASSWORD)).status).toBe(401);
    expect(await db.select().from(userTable).where(eq(userTable.email, email))).toEqual([]);
  });

  it("stays while it is the last owner of an organisation", async () => {
    const owner = browser();
    await owner.signIn(server.email, server.password);

    const attempt = await owner.post("/rest/v1/me/delete", { confirm: server.email, password: server.password });

    expect(attempt).toMatchObject({ status: 409, body: { message: containing("without an owner") } });
    expect(await owner.me()).toBe(200);
  });
});

describe("an organisation that asks for a second factor", () => {
  it("is closed to whoever has none, but for enrolling, and opens with it", async () => {
    const owner = browser();
    await owner.signIn(server.email, server.password);
    const db = server.services.db;
    await db.update(organisation).set({ requireTwoFactor: true });

    expect(await owner.get("/rest/v1/organisations/halyard/members")).toMatchObject({
      status: 403,
      body: { message: containing("second factor") },
    });
    expect(await owner.get("/rest/v1/me/profile")).toMatchObject({
      status: 200,
      body: { waitingForTwoFactor: [{ slug: "halyard" }] },
    });
    expect(await server.ask("GET", "/rest/v1/organisations/halyard/members")).toMatchObject({ status: 200 });
    await db.update(userTable).set({ twoFactorEnabled: true }).where(eq(userTable.email, server.email));
    expect(await owner.get("/rest/v1/organisations/halyard/members")).toMatchObject({ status: 200 });

    await db.update(userTable).set({ twoFactorEnabled: false }).where(eq(userTable.email, server.email));
    await db.update(organisation).set({ requireTwoFactor: false });
  });
});

describe("S-SES-3: an open socket", () => {
  const closing = async (headers: Readonly<Record<string, string>>) => {
    class Socket extends WebSocket {
      constructor(url: string) {
        super(url, { headers });
      }
    }
    const client = createWSClient({
      url: `${server.address.replace("http", "ws")}/trpc`,
      WebSocket: Socket as unknown as typeof globalThis.WebSocket,
      retryDelayMs: () => 60_000,
    });
    const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
    await trpc.account.me.query();
    const { ws } = client.connection as unknown as { ws: WebSocket };
    const closed = new Promise<{ code: number; at: number }>((resolve) =>
      ws.addEventListener("close", ({ code }) => resolve({ code, at: Date.now() })),
    );
    return { closed, end: () => client.close() };
  };

  it("is closed within five seconds of signing out, of a revoked session, and of a revoked key", async () => {
    const { email, page } = await join();
    const second = await elsewhere(email);
    const out = await closing({ cookie: page.cookie(), origin: server.address });
    const revoked = await closing({ cookie: second.cookie(), origin: server.address });
    const program = await closing({ authorization: `Api-Key ${server.apiKey}` });
    const begun = Date.now();

    await page.post("/api/auth/sign-out");
    await server.services.db.delete(sessionTable);
    const { body } = await server.ask("GET", "/rest/v1/organisations/halyard/api-keys");
    for (const { id } of body as { id: number }[]) await server.ask("DELETE", `/rest/v1/organisations/halyard/api-keys/${id}`);

    for (const { closed, end } of [out, revoked, program]) {
      const { code, at } = await closed;
      expect(code).toBe(4401);
      expect(at - begun).toBeLessThan(5_000);
      await end();
    }
  });
});
