import { validate } from "@readme/openapi-parser";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { AppRouter } from "./router.ts";
import { containing, matching } from "./testing/matchers.ts";
import { startServer, type TestServer } from "./testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const HOME = "/rest/v1/organisations/halyard";

describe("REST", () => {
  it("is described by a valid OpenAPI 3.1 document with summaries, tags, security and errors", async () => {
    const { body } = await server.askPlainly("GET", "/rest/openapi.json");

    const document = structuredClone(body) as Parameters<typeof validate>[0];
    expect(await validate(document)).toMatchObject({ valid: true });
    expect(body).toMatchObject({
      openapi: "3.1.0",
      security: [{ apiKey: [] }, { session: [] }],
      paths: {
        "/organisations/{organisation}/projects": {
          post: {
            operationId: "projects.create",
            summary: matching(/./),
            tags: ["Projects"],
            parameters: [{ name: "organisation", in: "path", required: true }],
            responses: { 201: { description: matching(/./) }, 404: { $ref: "#/components/responses/not_found" } },
          },
        },
      },
    });
    expect(JSON.stringify(body)).not.toMatch(/\$defs|__schema/);
  });

  it("has a page of its own files", async () => {
    const page = await server.askPlainly("GET", "/rest/docs");

    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/(src|href)="https?:/);
  });

  it("makes, reads, changes and deletes through the same procedures", async () => {
    const made = await server.ask("POST", `${HOME}/projects`, { body: { name: "Web shop" } });
    expect(made).toMatchObject({ status: 201, body: { slug: "web-shop" } });

    const renamed = await server.ask("PATCH", `${HOME}/projects/web-shop`, { body: { name: "Shop" } });
    expect(renamed).toMatchObject({ status: 200, body: { name: "Shop" } });

    const listed = await server.ask("GET", `${HOME}/projects/web-shop/environments`);
    expect(listed).toMatchObject({ body: [{ version: 2 }, { version: 2 }, { version: 2 }] });

    const gone = await server.ask("DELETE", `${HOME}/projects/web-shop?confirm=web-shop`);
    expect(gone).toMatchObject({ status: 204, text: "" });
    expect(await server.ask("GET", `${HOME}/projects/web-shop`)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("turns words of the query into what the schema asks for, and never those of a body", async () => {
    await server.ask("POST", `${HOME}/projects`, { body: { name: "Words" } });
    const project = `${HOME}/projects/words`;

    const page = await server.ask("GET", `${project}/environments/production/flags?limit=5&archived=false&tag=a`);
    expect(page).toMatchObject({ status: 200, body: { items: [] } });
    for (const query of ["limit=five", "limit=1e3", "archived=yes", "limit=5&limit=6", "nope=1"]) {
      const answer = await server.ask("GET", `${project}/environments/production/flags?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid", fields: [{ message: matching(/./) }] } });
    }
    const strict = await server.ask("PATCH", project, { body: { hideDisabledFlags: "false" } });
    expect(strict).toMatchObject({ status: 400, body: { fields: [{ path: "hideDisabledFlags" }] } });
    const twice = await server.ask("PATCH", project, { body: { organisation: "other", name: "X" } });
    expect(twice).toMatchObject({ status: 400, body: { fields: [{ path: "organisation" }] } });
  });

  it("refuses what is not JSON, not an object, too large or at no address, each in the same form", async () => {
    const address = `${HOME}/projects`;
    const answers = {
      malformed: await server.ask("POST", address, { body: "{bad" }),
      list: await server.ask("POST", address, { body: [] }),
      text: await server.ask("POST", address, { body: "x", headers: { "content-type": "text/plain" } }),
      form: await server.ask("POST", address, { body: "x", headers: { "content-type": "multipart/form-data; boundary=x" } }),
      polluted: await server.ask("POST", address, { body: '{"__proto__":{"name":"x"},"name":"y"}' }),
      large: await server.ask("POST", address, { body: { name: "x".repeat(6_100_000) } }),
      nowhere: await server.ask("GET", "/rest/v1/nope"),
      url: await server.ask("GET", "/rest/v1/organisations/%zz"),
    };

    expect(Object.fromEntries(Object.entries(answers).map(([name, it]) => [name, it.status]))).toEqual({
      malformed: 400,
      list: 400,
      text: 415,
      form: 415,
      polluted: 400,
      large: 413,
      nowhere: 404,
      url: 400,
    });
    for (const { body } of Object.values(answers)) expect(body).toMatchObject({ code: matching(/./), message: matching(/./) });
  });
});

describe("who asks", () => {
  it("is a program by its API key, and nobody by a wrong one", async () => {
    expect(await server.ask("GET", "/rest/v1/me")).toMatchObject({
      body: { kind: "program", organisations: [{ slug: "halyard" }] },
    });
    expect(await server.askPlainly("GET", "/rest/v1/me")).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    const mistyped = await server.ask("GET", "/rest/v1/me", { headers: { authorization: `Api-Key ${server.apiKey}0` } });
    expect(mistyped).toMatchObject({ status: 401, body: { message: containing("mistyped") } });
  });

  it("is a person by the session cookie, until signing out", async () => {
    const cookie = await server.signIn();
    expect(await server.askPlainly("GET", "/rest/v1/me", { headers: { cookie } })).toMatchObject({
      body: { kind: "person", email: server.email },
    });

    const out = await server.askPlainly("POST", "/api/auth/sign-out", { body: {}, headers: { cookie, origin: server.address } });

    expect(out.status).toBe(200);
    expect(await server.askPlainly("GET", "/rest/v1/me", { headers: { cookie } })).toMatchObject({ status: 401 });
  });

  it("is nobody with a wrong password, and nobody can make an account", async () => {
    const headers = { origin: server.address };
    const wrong = { email: server.email, password: "wrong horse battery" };

    expect(await server.askPlainly("POST", "/api/auth/sign-in/email", { body: wrong, headers })).toMatchObject({ status: 401 });
    const signUp = { ...wrong, name: "Eve", email: "eve@example.com" };
    expect(await server.askPlainly("POST", "/api/auth/sign-up/email", { body: signUp, headers })).toMatchObject({ status: 403 });
  });

  it("cannot be made to write by another site", async () => {
    const cookie = await server.signIn();
    const write = (origin: string) =>
      server.askPlainly("POST", "/rest/v1/organisations", { body: { name: "Second" }, headers: { cookie, origin } });

    expect(await write("https://evil.example")).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(await write("null")).toMatchObject({ status: 403 });
    expect(await write(server.address)).toMatchObject({ status: 201 });
  });
});

describe("a body", () => {
  it("S-JSON-1: may be nested 64 deep, over either door, and no deeper", async () => {
    const nested = (levels: number) => `{"name":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;

    for (const path of ["/rest/v1/organisations", "/trpc/organisations.create"]) {
      const deep = await server.ask("POST", path, { body: nested(65) });
      expect(deep).toMatchObject({ status: 400, body: { code: "invalid", message: containing("64 deep") } });
      expect((await server.ask("POST", path, { body: nested(64) })).text).not.toContain("64 deep");
      expect((await server.ask("POST", path, { body: "[".repeat(1_000_000) })).status).toBe(400);
      const quoted = await server.ask("POST", path, { body: { name: `"]}\\${"[".repeat(100)}` } });
      expect(quoted.text).not.toContain("64 deep");
    }
  });

  it("S-CSRF-2: is JSON and says so, or nothing is done, with an input or without", async () => {
    const cookie = await server.signIn();
    for (const type of [
      "multipart/form-data; boundary=x",
      "application/octet-stream",
      "text/plain",
      "application/x-www-form-urlencoded",
    ]) {
      for (const path of ["/trpc/account.revokeOtherSessions", "/api/auth/sign-out", "/rest/v1/organisations"]) {
        const headers = { cookie, origin: server.address, "content-type": type };
        expect([type, path, (await server.askPlainly("POST", path, { body: "{}", headers })).status]).toEqual([type, path, 415]);
      }
    }
  });

  it("S-CSRF-3: changes nothing where a question is asked", async () => {
    const cookie = await server.signIn();
    expect((await server.askPlainly("GET", "/trpc/account.revokeOtherSessions", { headers: { cookie } })).status).toBe(405);
  });
});

describe("tRPC", () => {
  const connect = (headers: Readonly<Record<string, string>>) => {
    class Socket extends WebSocket {
      constructor(url: string) {
        super(url, { headers });
      }
    }
    const socket = createWSClient({
      url: `${server.address.replace("http", "ws")}/trpc`,
      WebSocket: Socket as unknown as typeof globalThis.WebSocket,
      retryDelayMs: () => 60_000,
    });
    return { client: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }), socket };
  };

  it("answers over WebSocket as the person whose page opened it", async () => {
    const { client, socket } = connect({ cookie: await server.signIn(), origin: server.address });

    expect(await client.account.me.query()).toMatchObject({ kind: "person", email: server.email });

    await socket.close();
  });

  it("refuses a socket that another site opens, and one to an unknown place", async () => {
    const statusOf = (path: string, headers: Readonly<Record<string, string>>) =>
      new Promise<number | undefined>((resolve) => {
        const ws = new WebSocket(server.address.replace("http", "ws") + path, { headers });
        ws.once("unexpected-response", (_request, response) => {
          resolve(response.statusCode);
          response.resume();
        });
        ws.once("error", () => undefined);
        ws.once("open", () => {
          ws.close();
          resolve(101);
        });
      });
    const cookie = await server.signIn();

    expect(await statusOf("/trpc", { cookie, origin: "https://evil.example" })).toBe(403);
    expect(await statusOf("/trpc", { cookie })).toBe(403);
    expect(await statusOf("/nowhere", {})).toBe(404);
    expect(await statusOf("/trpc", { cookie, origin: server.address })).toBe(101);
  });

  it("says over HTTP what REST says", async () => {
    const input = encodeURIComponent(JSON.stringify({ organisation: "halyard", project: "nope" }));
    const answer = await server.ask("GET", `/trpc/projects.get?input=${input}`);

    expect(answer).toMatchObject({ status: 404, body: { error: { data: { code: "not_found", message: containing("nope") } } } });
    const batch = Array.from({ length: 21 }, () => "account.me").join(",");
    expect(await server.ask("GET", `/trpc/${batch}?batch=1`)).toMatchObject({ status: 400 });
    const malformed = await server.ask("POST", "/trpc/projects.create", { body: "{bad" });
    expect(malformed).toMatchObject({ status: 400, body: { error: { data: { code: "invalid" } } } });
  });
});

describe("without its database", () => {
  it("refuses management with 503 and when to come back, and says nothing of the inside", async () => {
    const lonely = await startServer();
    const cookie = await lonely.signIn();
    await lonely.database.close();

    const answers = [
      await lonely.ask("GET", "/rest/v1/organisations"),
      await lonely.ask("GET", "/trpc/organisations.list"),
      await lonely.ask("POST", `${HOME}/projects`, { body: { name: "X" } }),
      await lonely.askPlainly("GET", "/rest/v1/me", { headers: { cookie } }),
      await lonely.askPlainly("GET", "/trpc/account.me", { headers: { cookie } }),
      await lonely.askPlainly("POST", "/api/auth/sign-in/email", {
        body: { email: lonely.email, password: lonely.password },
        headers: { origin: lonely.address },
      }),
    ];

    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("5");
      expect(answer.text).toContain("nothing was written");
      expect(answer.text).not.toMatch(/select|PGlite|stack/i);
    }
    await lonely.http.close();
  });
});

describe("pages", () => {
  it("answer any address a person may open, and no other", async () => {
    const asPerson = { headers: { accept: "text/html,*/*" } };

    for (const path of ["/", "/acme/shop/production/flags", "/~/setup"]) {
      const page = await server.askPlainly("GET", path, asPerson);
      expect([200, 503]).toContain(page.status);
      expect(page.text).toContain("<!doctype html>");
      expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    }
    for (const path of ["/assets/gone.js", "/rest/nope", "/trpc"]) {
      expect(await server.askPlainly("GET", path, asPerson)).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
    expect(await server.askPlainly("GET", "/acme")).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await server.askPlainly("POST", "/acme")).toMatchObject({ status: 404 });
  });
});
