import { session as sessionTable, verification } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../testing/browser.ts";
import { linkIn, type Mailbox, openMailbox } from "../testing/mailbox.ts";
import { startServer, type TestServer } from "../testing/server.ts";

const PASSWORD = "wooden boats sail slowly";
const LATER = "green apples fall at dusk";

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
const newEmail = () => `person${++count}@example.com`;
const browser = () => openBrowser(server);

/** Somebody who signed up, opened the mailed link and signed in. */
async function join(email = newEmail()) {
  const page = browser();
  expect(await page.post("/api/auth/sign-up/email", { name: "Pat", email, password: PASSWORD })).toMatchObject({ status: 200 });
  const link = linkIn(await mailbox.next(email));
  expect(link.origin).toBe("http://localhost:8000");
  expect(await page.get(link.pathname + link.search)).toMatchObject({ status: 302 });
  expect(await page.signIn(email, PASSWORD)).toMatchObject({ status: 200 });
  return { email, page };
}

describe("a password", () => {
  const signUp = (password: string, name = "Pat") =>
    browser().post("/api/auth/sign-up/email", { name, email: newEmail(), password });

  it("S-AUTH-1: has 12 to 128 characters of any kind, and is compared whole", async () => {
    for (const password of ["seven77", "eleven-char", "x".repeat(129)]) expect((await signUp(password)).status).toBe(400);
    const email = newEmail();
    const long = `Grüße 🌊 from the sea, ${"wave after wave ".repeat(6)}`;
    await browser().post("/api/auth/sign-up/email", { name: "Pat", email, password: long });
    const link = linkIn(await mailbox.next(email));
    await browser().get(link.pathname + link.search);

    expect((await browser().signIn(email, long.toLowerCase())).status).toBe(401);
    expect((await browser().signIn(email, long.slice(0, -1))).status).toBe(401);
    expect((await browser().signIn(email, long)).status).toBe(200);
  });

  it("S-AUTH-2: is none that everybody tries, and rests on nothing that others know", async () => {
    for (const password of [
      "password1234",
      "P4ssw0rd!!!!",
      "qwertyuiop12",
      "abcabcabcabc",
      "123456789012",
      "letmeinletmein",
      "aaaaaaaaaaaab",
    ]) {
      expect([password, (await signUp(password)).status]).toEqual([password, 400]);
    }
    expect(await signUp("magdalena1234", "Magdalena Smith")).toMatchObject({ status: 400, body: { code: "invalid" } });
  });
});

describe("S-ENUM-1: an address", () => {
  it("gets the same answer whether or not it has an account", async () => {
    const { email } = await join();
    const other = newEmail();
    const both = async (path: string, body: (email: string) => object) => {
      const [known, unknown] = [await browser().post(path, body(email)), await browser().post(path, body(other))];
      const shape = ({ status, text, headers }: typeof known) => ({
        status,
        text: text.replace(/"(id|email|createdAt|updatedAt)":"[^"]*"/g, '"$1":""'),
        headers: [...headers.keys()].filter((it) => it !== "date").sort(),
      });
      expect(shape(known)).toEqual(shape(unknown));
    };

    await both("/api/auth/sign-in/email", (it) => ({ email: it, password: "not the password" }));
    await both("/api/auth/request-password-reset", (it) => ({ email: it }));
    await both("/api/auth/sign-up/email", (it) => ({ email: it, name: "Pat", password: PASSWORD }));
    // Who has an account is told so by mail, the others get theirs.
    const subjectOf = (mail: string) => /^Subject: (.*)$/m.exec(mail)?.[1]?.trim();
    const mails = [await mailbox.next(email), await mailbox.next(email), await mailbox.next(other)].map(subjectOf);
    expect(mails.sort()).toEqual(["Choose a new password", "Confirm your e-mail address", "You have an account already"]);
  });
});

describe("S-RESET-1: a reset link", () => {
  const ask = async (email: string) => {
    await browser().post("/api/auth/request-password-reset", { email });
    return linkIn(await mailbox.next(email));
  };
  const use = (link: URL, newPassword = LATER) =>
    browser().post("/api/auth/reset-password", { token: link.searchParams.get("token"), newPassword });

  it("works once, ends every session, and is followed by a notice", async () => {
    const { email, page } = await join();
    const link = await ask(email);
    expect(link.href).toMatch(/^http:\/\/localhost:8000\/~\/reset-password\?token=.{24,}$/);

    expect((await use(link, "password1234")).status).toBe(400);
    expect((await use(link)).status).toBe(200);

    expect(await page.me()).toBe(401);
    expect((await browser().signIn(email, PASSWORD)).status).toBe(401);
    expect((await browser().signIn(email, LATER)).status).toBe(200);
    expect((await use(link)).status).toBe(400);
    expect(await mailbox.next(email)).toContain("Your password was changed");
  });

  it("is void once there is a newer one, and after half an hour; no dump of the database holds it", async () => {
    const { email } = await join();
    const older = await ask(email);
    const newer = await ask(email);
    const rows = await server.services.db.select().from(verification);
    expect(JSON.stringify(rows)).not.toContain(newer.searchParams.get("token"));

    expect((await use(older)).status).toBe(400);
    const soon = Date.now() + 31 * 60_000;
    expect(
      Math.max(...rows.filter((it) => it.identifier.startsWith("reset-password:")).map((it) => it.expiresAt.getTime())),
    ).toBeLessThan(soon);
    await server.services.db.update(verification).set({ expiresAt: new Date(Date.now() - 1) });

    expect((await use(newer)).status).toBe(400);
    expect((await browser().post("/api/auth/reset-password", { token: "guess", newPassword: LATER })).status).toBe(400);
  });
});

describe("a session", () => {
  it("S-SES-1: is a new one at every sign-in, whatever was sent before", async () => {
    const { email, page } = await join();
    const before = page.cookie();
    const fixed = openBrowser(server);
    fixed.jar.set("halyard.session_token", "chosen-by-somebody.else");

    await page.signIn(email, PASSWORD);
    await fixed.signIn(email, PASSWORD);

    expect(page.cookie()).not.toBe(before);
    expect(fixed.cookie()).not.toContain("chosen-by-somebody");
  });

  it("S-SES-3: is over with the sign-out, for a cookie that somebody kept too", async () => {
    const { page } = await join();
    const kept = openBrowser(server);
    for (const [name, value] of page.jar) kept.jar.set(name, value);
    expect(await kept.me()).toBe(200);

    await page.post("/api/auth/sign-out");

    expect(await kept.me()).toBe(401);
  });

  it("S-SES-4: ends everywhere else when the password is changed, and the address is told", async () => {
    const { email, page } = await join();
    const elsewhere = browser();
    await elsewhere.signIn(email, PASSWORD);

    const wrong = await page.post("/api/auth/change-password", { currentPassword: "not the password", newPassword: LATER });
    const right = await page.post("/api/auth/change-password", { currentPassword: PASSWORD, newPassword: LATER });

    expect([wrong.status, right.status]).toEqual([400, 200]);
    expect([await page.me(), await elsewhere.me()]).toEqual([200, 401]);
    expect(await mailbox.next(email)).toContain("Your password was changed");
  });

  it("S-SES-6: ends after 12 hours without use and after 30 days in any case; use keeps it", async () => {
    const { email, page } = await join();
    const { db } = server.services;
    const own = async () => {
      const rows = await db.select().from(sessionTable).where(eq(sessionTable.id, id));
      return rows[0];
    };
    const { body } = await page.get("/rest/v1/me/sessions");
    const [{ id, endsAt } = { id: "", endsAt: "" }] = (body as { id: string; isCurrent: boolean; endsAt: string }[]).filter(
      (it) => it.isCurrent,
    );
    const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
    expect(new Date(endsAt).getTime() - Date.now()).toBeGreaterThan(29.9 * 24 * 3_600_000);

    await db
      .update(sessionTable)
      .set({ updatedAt: hours(11) })
      .where(eq(sessionTable.id, id));
    expect(await page.me()).toBe(200);
    expect((await own())?.updatedAt.getTime()).toBeGreaterThan(hours(1).getTime());
    await db
      .update(sessionTable)
      .set({ updatedAt: hours(12) })
      .where(eq(sessionTable.id, id));
    expect((await page.post("/api/auth/change-password", { currentPassword: PASSWORD, newPassword: LATER })).status).toBe(401);
    expect(await page.me()).toBe(401);
    expect(await own()).toBeUndefined();

    await page.signIn(email, PASSWORD);
    await db.update(sessionTable).set({ expiresAt: new Date(Date.now() - 1) });
    expect(await page.me()).toBe(401);
  });

  it("S-SES-5: is one, however many ask at once", async () => {
    const { page } = await join();
    await server.services.db.update(sessionTable).set({ updatedAt: new Date(Date.now() - 3_600_000) });

    const answers = await Promise.all(Array.from({ length: 20 }, () => page.me()));

    expect(new Set(answers)).toEqual(new Set([200]));
    expect((await page.get("/rest/v1/me/sessions")).body).toHaveLength(1);
  });
});

describe("the doors of sign-in", () => {
  it("S-RED-1: never lead to another site", async () => {
    for (const callbackURL of [
      "//evil.example",
      "https:evil.example",
      "/\\evil.example",
      "http://localhost:8000@evil.example",
      "http://localhost:8000.evil.example",
      "javascript:alert(1)",
    ]) {
      const answer = await browser().post("/api/auth/sign-in/email", { email: newEmail(), password: PASSWORD, callbackURL });
      expect([callbackURL, answer.status]).toEqual([callbackURL, 403]);
    }
  });

  it("S-PATH-1: open nothing of better-auth that the product does not use, however it is spelled", async () => {
    const { page } = await join();
    for (const path of [
      "update-user",
      "change-email",
      "delete-user",
      "two-factor/send-otp",
      "list-sessions",
      "ok",
      "error",
      "/sign-in/email",
      "sign-in%2femail",
      "SIGN-IN/EMAIL",
      "sign-in/email/",
      "sign-in/email;a=b",
    ]) {
      expect([path, (await page.post(`/api/auth/${path}`)).status]).toEqual([path, 404]);
    }
  });
});
