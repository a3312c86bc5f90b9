import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { user as userTable } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import Provider from "oidc-provider";
import { generateSync } from "otplib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Browser, openBrowser } from "../testing/browser.ts";
import { startServer, type TestServer } from "../testing/server.ts";

const CLIENT = { clientId: "halyard", clientSecret: "a secret that the provider knows too" };
const BASE = "http://localhost:8000";

interface Person {
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
  readonly groups: readonly string[];
}

/** People the provider knows, by the login they type there. */
const people = new Map<string, Person>();
const knows = (login: string, groups: readonly string[], isVerified = true): Person => {
  const person = { email: `${login}@corp.example`, email_verified: isVerified, name: `${login} of Corp`, groups };
  people.set(login, person);
  return person;
};

function startProvider(port: number): Promise<Server> {
  const provider = new Provider(`http://localhost:${port}`, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [`${BASE}/api/auth/callback/oidc`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    conformIdTokenClaims: false,
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
    scopes: ["openid", "email", "profile", "groups"],
    cookies: { keys: ["a key for cookies"] },
    findAccount: (_ctx, id) => {
      const person = people.get(id);
      return person && { accountId: id, claims: () => ({ sub: id, ...person }) };
    },
  });
  const answer = provider.callback();
  const server = createServer((request, response) => void answer(request, response));
  server.listen(port, "localhost");
  return once(server, "listening").then(() => server);
}

let port: number;
let provider: Server | undefined;
let server: TestServer;
beforeAll(async () => {
  // The provider's own notes about its development pages.
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  vi.spyOn(console, "info").mockReturnValue(undefined);
  const place = createServer().listen(0, "localhost");
  await once(place, "listening");
  port = (place.address() as { port: number }).port;
  await new Promise((resolve) => place.close(resolve));
  server = await startServer({
    environment: {
      HALYARD_OIDC_ISSUER: `http://localhost:${port}`,
      HALYARD_OIDC_CLIENT_ID: CLIENT.clientId,
      HALYARD_OIDC_CLIENT_SECRET: CLIENT.clientSecret,
      HALYARD_OIDC_NAME: "Corp",
      HALYARD_OIDC_SCOPES: "openid email profile groups",
      HALYARD_OIDC_CLAIMS: JSON.stringify([
        { claim: "groups", value: "flag-admins", organisation: "halyard", role: "admin" },
        { claim: "groups", value: "everybody", organisation: "halyard", role: "viewer" },
      ]),
      HALYARD_TRUSTED_PROXIES: "loopback",
    },
  });
});
afterAll(async () => {
  await server.close();
  provider?.closeAllConnections();
  provider?.close();
  vi.restoreAllMocks();
});

const methods = async () => (await server.askPlainly("GET", "/rest/v1/sign-in-methods")).body;

/** Goes through the provider's pages as a browser does. @returns where it leads back to */
async function throughProvider(start: string, login: string): Promise<URL> {
  const jar = new Map<string, string>();
  let next: { url: string; form?: URLSearchParams } = { url: start };
  for (let step = 0; step < 20; step++) {
    const response: Response = await fetch(next.url, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(next.form && { method: "POST", body: next.form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get("location");
    if (location !== null) {
      const url = new URL(location, next.url);
      if (url.origin === BASE) return url;
      next = { url: url.href };
      continue;
    }
    const page = await response.text();
    const action = /action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
    if (action === undefined || prompt === undefined) throw new Error(`Not a page of the provider: ${page}`);
    next = { url: new URL(action, next.url).href, form: new URLSearchParams({ prompt, login, password: "any" }) };
  }
  throw new Error("The provider does not come to an end.");
}

async function signInAs(login: string): Promise<{ page: Browser; location: string | null }> {
  const page = openBrowser(server);
  const begun = await page.post("/api/auth/sign-in/social", {
    provider: "oidc",
    callbackURL: "/",
    errorCallbackURL: "/~/sign-in",
  });
  expect(begun).toMatchObject({ status: 200 });
  const back = await throughProvider((begun.body as { url: string }).url, login);
  const answer = await page.get(back.pathname + back.search);
  return { page, location: answer.headers.get("location") };
}

const rolesOf = async (page: Browser) => {
  const { body } = await page.get("/rest/v1/me");
  return (body as { organisations: { slug: string; role: string }[] }).organisations.map(({ slug, role }) => [slug, role]);
};

describe("single sign-on", () => {
  it("is missing while the provider is away, and there as soon as it answers", async () => {
    expect(await methods()).toMatchObject({ providers: [] });
    expect(await openBrowser(server).post("/api/auth/sign-in/social", { provider: "oidc", callbackURL: "/" })).toMatchObject({
      status: 404,
    });
    expect(await openBrowser(server).signIn(server.email, server.password)).toMatchObject({ status: 200 });

    provider = await startProvider(port);

    await vi.waitFor(async () => expect(await methods()).toMatchObject({ providers: [{ id: "oidc", name: "Corp" }] }), {
      timeout: 20_000,
      interval: 100,
    });
  });

  it("makes an account for somebody whose claims give a role, though sign-up is not open, and follows the claims at every sign-in", async () => {
    knows("grace", ["flag-admins"]);
    const first = await signInAs("grace");
    expect(first.location).toBe("/");
    expect(await rolesOf(first.page)).toEqual([["halyard", "admin"]]);

    knows("grace", ["everybody"]);
    const second = await signInAs("grace");

    expect(await rolesOf(second.page)).toEqual([["halyard", "viewer"]]);
    const rows = await server.services.db.select().from(userTable).where(eq(userTable.email, "grace@corp.example"));
    expect(rows).toMatchObject([{ name: "grace of Corp", emailVerified: true }]);
  });

  it("lets nobody in whose claims give nothing", async () => {
    knows("mallory", ["visitors"]);
    const { page, location } = await signInAs("mallory");

    expect(new URL(location ?? "", BASE).pathname).toBe("/~/sign-in");
    expect(new URL(location ?? "", BASE).searchParams.get("error")).toBe("sign_up_not_allowed");
    expect(await page.me()).toBe(401);
  });

  it("S-LINK-1: joins no account whose address was never confirmed, and none by an address the provider does not vouch for", async () => {
    const db = server.services.db;
    await db.insert(userTable).values({ id: "early-bird", name: "Early Bird", email: "victim@corp.example" });
    knows("victim", ["everybody"]);
    const unconfirmed = await signInAs("victim");
    expect(unconfirmed.location).toContain("error=account_not_linked");
    expect(await unconfirmed.page.me()).toBe(401);

    await db.update(userTable).set({ emailVerified: true }).where(eq(userTable.id, "early-bird"));
    knows("victim", ["everybody"], false);
    expect((await signInAs("victim")).location).toContain("error=account_not_linked");
    knows("victim", ["everybody"]);
    const both = await signInAs("victim");
    expect((await both.page.get("/rest/v1/me/profile")).body).toMatchObject({
      userId: "early-bird",
      hasPassword: false,
      linkedAccounts: [{ provider: "oidc" }],
    });
  });

  it("asks somebody who has a second factor for the code, too", async () => {
    knows("linus", ["everybody"]);
    const { page } = await signInAs("linus");
    const { body } = await page.post("/api/auth/two-factor/enable", {});
    const { backupCodes, totpURI } = body as { backupCodes: string[]; totpURI: string };
    const secret = new URL(totpURI).searchParams.get("secret") ?? "";
    expect(await page.post("/api/auth/two-factor/verify-totp", { code: generateSync({ secret }) })).toMatchObject({
      status: 200,
    });

    const again = await signInAs("linus");

    expect(again.location).toBe(`${BASE}/~/sign-in?step=code&next=%2F`);
    expect(await again.page.me()).toBe(401);
    expect(await again.page.post("/api/auth/two-factor/verify-backup-code", { code: backupCodes[0] })).toMatchObject({
      status: 200,
    });
    expect(await again.page.me()).toBe(200);
  });
});
