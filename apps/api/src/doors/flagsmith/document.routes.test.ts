import { get } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/server.ts";

const PATH = "/api/v1/environment-document/";
let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const ask = (headers: Record<string, string> = {}, path = PATH) => door.ask(path, { key: door.serverKey, headers });

it("gives the document to a server key only", async () => {
  const refused = await door.ask(PATH, { key: door.clientKey });

  expect((await ask({}, "/api/v1/environment-document")).status).toBe(200);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toHaveProperty("detail");
  expect((await door.ask(PATH, { key: "ser.unknown" })).status).toBe(401);
});

it("carries one time in header, body and Last-Modified, and 304 to who has it", async () => {
  const answer = await ask();
  const { updated_at: updatedAt } = (await answer.json()) as { updated_at: string };
  const modified = answer.headers.get("last-modified") ?? "";

  expect(Number(answer.headers.get("x-flagsmith-document-updated-at"))).toBe(Date.parse(updatedAt) / 1_000);
  expect(Date.parse(modified)).toBe(Math.floor(Date.parse(updatedAt) / 1_000) * 1_000);
  expect((await ask({ "If-Modified-Since": modified })).status).toBe(304);
  expect((await ask({ "If-None-Match": answer.headers.get("etag") ?? "" })).status).toBe(304);
  expect((await ask({ "If-Modified-Since": new Date(Date.parse(modified) - 1_000).toUTCString() })).status).toBe(200);
  expect((await ask({ "If-Modified-Since": modified, "If-None-Match": '"another"' })).status).toBe(200);
});

it("never tells a poller that nothing changed when something did, within the same second too", async () => {
  let modified = (await ask()).headers.get("last-modified") ?? "";
  for (let i = 0; i < 3; i++) {
    await door.overrideFor(`quick-${i}`, door.ids.dark, true);

    const answer = await ask({ "If-Modified-Since": modified });

    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(`quick-${i}`);
    modified = answer.headers.get("last-modified") ?? "";
  }
});

it("packs it for who unpacks it", async () => {
  const { headers, body } = await new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const options = { headers: { "X-Environment-Key": door.serverKey, "Accept-Encoding": "gzip" } };
    get(`${door.address}${PATH}`, options, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => resolve({ headers: answer.headers, body: Buffer.concat(parts) }));
    }).on("error", reject);
  });

  expect(headers["content-encoding"]).toBe("gzip");
  expect(JSON.parse(gunzipSync(body).toString())).toEqual(await (await ask({ "Accept-Encoding": "identity" })).json());
});
