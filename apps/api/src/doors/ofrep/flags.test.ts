import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/door.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const ada = (attributes: Record<string, unknown> = {}) => ({ context: { targetingKey: "ada", ...attributes } });
const bodyOf = async (answer: Promise<Response>): Promise<unknown> => (await answer).json();
interface Bulk {
  readonly flags: readonly { readonly key: string }[];
  readonly metadata: { readonly version: number };
  readonly eventStreams: readonly { readonly endpoint: { readonly requestUri: string } }[];
}
const bulkOf = async (answer: Promise<Response>) => (await bodyOf(answer)) as Bulk;

describe("one flag", () => {
  it("answers with value, reason and metadata", async () => {
    expect(await bodyOf(door.one("bright", { body: ada() }))).toEqual({
      key: "bright",
      value: true,
      reason: "STATIC",
      metadata: { valueType: "boolean" },
    });
    expect(await bodyOf(door.one("limit", { body: ada() }))).toMatchObject({ value: 12, reason: "STATIC" });
    expect(await bodyOf(door.one("banner", { body: ada() }))).toMatchObject({ value: "blue", variant: "blue", reason: "SPLIT" });
    expect(await bodyOf(door.one("checkout", { body: ada() }))).toMatchObject({ value: "old", reason: "DEFAULT" });
  });

  it("says false of a boolean flag that is off, and leaves a valued one to the caller's default", async () => {
    expect(await bodyOf(door.one("dark"))).toMatchObject({ value: false, reason: "STATIC" });
    const off = await bodyOf(door.one("off"));
    expect(off).toMatchObject({ key: "off", reason: "DISABLED" });
    expect(off).not.toHaveProperty("value");
    expect(await bodyOf(door.one("empty"))).not.toHaveProperty("value");
  });

  it("targets by what the request says", async () => {
    expect(await bodyOf(door.one("checkout", { body: ada({ plan: "pro" }) }))).toMatchObject({
      value: "new",
      reason: "TARGETING_MATCH",
    });
  });

  it("targets by the identity's stored traits, and the request's win", async () => {
    await door.node.identities.write(door.garden.environment.id, "grace", { plan: "pro" });

    expect(await bodyOf(door.one("checkout", { body: { context: { targetingKey: "grace" } } }))).toMatchObject({ value: "new" });
    expect(await bodyOf(door.one("checkout", { body: { context: { targetingKey: "grace", plan: "free" } } }))).toMatchObject({
      value: "old",
    });
  });

  it.each(["a/b%20c", "a%2Fb%20c"])("finds a key with slashes and blanks, as old and new clients send it: %s", async (path) => {
    expect(await bodyOf(door.one(path))).toMatchObject({ key: "a/b c", value: { colour: "grey" } });
  });

  it("takes a base address with a slash at its end", async () => {
    expect((await door.post("//ofrep/v1/evaluate/flags/bright")).status).toBe(200);
    expect((await door.post("//ofrep/v1/evaluate/flags")).status).toBe(200);
  });

  it("counts each read of a flag", async () => {
    door.reads.length = 0;
    await door.one("bright");
    await door.one("nothing");

    expect(door.reads).toEqual([{ environmentId: door.garden.environment.id, flagKey: "bright", enabled: true, count: 1 }]);
  });

  it("names the flag in a refusal, or old clients lose the code", async () => {
    const missing = await door.one("nothing");
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ key: "nothing", errorCode: "FLAG_NOT_FOUND" });
    const broken = await door.one("bright", { body: "{" });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ key: "bright", errorCode: "PARSE_ERROR" });
    const odd = await door.one("bright", { body: { context: { targetingKey: { id: 1 } } } });
    expect(odd.status).toBe(400);
    expect(await odd.json()).toMatchObject({ key: "bright", errorCode: "INVALID_CONTEXT" });
    const stranger = await door.one("bright", { key: "nobody" });
    expect(stranger.status).toBe(401);
    expect(await stranger.json()).toMatchObject({ key: "bright", errorCode: "GENERAL" });
  });
});

describe("contexts", () => {
  it.each([
    ["no body", undefined],
    ["an empty body", ""],
    ["null", "null"],
    ["no context", {}],
    ["an empty context", { context: {} }],
    ["an unknown member", { context: {}, more: 1 }],
    ["objects and lists", { context: { targetingKey: "ada", address: { city: "Oslo" }, roles: ["a", "b"], when: null } }],
    ["a number for a key", { context: { targetingKey: 7 } }],
    ["names of prototypes", '{"context":{"__proto__":{"a":1},"constructor":"x"}}'],
  ])("are read tolerantly: %s", async (_name, body) => {
    expect((await door.bulk({ body })).status).toBe(200);
    expect((await door.one("bright", { body })).status).toBe(200);
  });

  it.each([
    ["a list", "[]"],
    ["a text", '"x"'],
    ["a context that is none", { context: 7 }],
    ["a key too long", { context: { targetingKey: "x".repeat(2_001) } }],
  ])("are refused with a sentence: %s", async (_name, body) => {
    const answer = await door.bulk({ body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errorCode: "INVALID_CONTEXT",
      errorDetails: expect.stringMatching(/\.$/) as string,
    });
  });

  it("are refused beyond a mebibyte", async () => {
    const answer = await door.bulk({ body: { context: { a: "x".repeat(1_100_000) } } });
    expect(answer.status).toBe(413);
  });
});

describe("keys", () => {
  it("come as a bearer token or in a header of their own", async () => {
    const headers = { Authorization: `Bearer ${door.serverKey}` };
    expect((await door.bulk({ key: "", headers })).status).toBe(200);
    expect((await door.bulk({ key: door.serverKey })).status).toBe(200);
    for (const key of ["", "nobody", `${door.serverKey}x`]) expect((await door.bulk({ key })).status).toBe(401);
  });

  it("for clients show neither server-only flags nor segments nor sources", async () => {
    const asClient = await (await door.bulk({ body: ada({ plan: "pro" }) })).text();
    expect(asClient).not.toMatch(/secret|professionals|"source"/);
    expect((await door.one("secret")).status).toBe(404);

    const asServer = await (await door.bulk({ key: door.serverKey, body: ada({ plan: "pro" }) })).text();
    expect(asServer).toContain('"key":"secret"');
    expect(asServer).toContain('"source":"segment","segment":"professionals"');
  });
});

describe("all flags", () => {
  it("are those the key may see, with scalars only in their metadata", async () => {
    const { flags, metadata } = await bulkOf(door.bulk({ body: ada() }));
    expect(flags.map((flag) => flag.key)).toEqual(["dark", "bright", "checkout", "limit", "a/b c", "banner", "off", "empty"]);
    expect(metadata).toEqual({ version: door.node.peek(door.clientKey)?.hub.current().version });
  });

  it("are not sent again to who has them, under any form of the tag", async () => {
    const first = await door.bulk({ body: ada() });
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"\d+-[\w-]{22}"$/);

    for (const asked of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) {
      const again = await door.bulk({ body: ada(), headers: { "If-None-Match": asked } });
      expect(again.status).toBe(304);
      expect(again.headers.get("etag")).toBe(tag);
      expect(await again.text()).toBe("");
    }
  });

  it("have another tag for another context, key or stored trait, whatever the order of attributes", async () => {
    const tagOf = async (asking: Parameters<Door["bulk"]>[0]) => (await door.bulk(asking)).headers.get("etag");
    const tag = await tagOf({ body: ada({ a: 1, b: 2 }) });
    expect(await tagOf({ body: ada({ b: 2, a: 1 }) })).toBe(tag);
    const others = [
      await tagOf({ body: ada({ a: 1, b: 3 }) }),
      await tagOf({ body: ada({ a: 1 }) }),
      await tagOf({ body: { context: { targetingKey: "bob", a: 1, b: 2 } } }),
      await tagOf({ body: ada({ a: 1, b: 2 }), key: door.serverKey }),
    ];
    await door.node.identities.write(door.garden.environment.id, "ada", { plan: "free" });
    others.push(await tagOf({ body: ada({ a: 1, b: 2 }) }));
    expect(new Set([tag, ...others]).size).toBe(6);
  });

  it("are sent again after a change", async () => {
    const tag = (await door.bulk({ body: ada() })).headers.get("etag") ?? "";
    await door.garden.setFlag(door.node, door.ids.limit, { enabled: true, value: 13 });

    const after = await door.bulk({ body: ada(), headers: { "If-None-Match": tag } });

    expect(after.status).toBe(200);
    expect(await after.text()).toContain('"value":13');
  });

  it("have no tag where the time decides", async () => {
    const before = (await door.bulk()).headers.get("etag");
    expect(before).not.toBeNull();

    await door.garden.addSegment(door.node, "renewed", [
      { type: "ALL", rules: [], conditions: [{ operator: "BEFORE", property: "renewed_at", value: "$.now" }] },
    ]);

    const timed = await door.bulk({ headers: { "If-None-Match": `*, ${before}` } });
    expect(timed.status).toBe(200);
    expect(timed.headers.get("etag")).toBeNull();
  });

  it("leave out what is off where the environment hides it", async () => {
    await door.garden.hideDisabledFlags(door.node);

    const { flags } = await bulkOf(door.bulk());
    expect(flags.map((flag) => flag.key)).not.toContain("dark");
    expect((await door.one("dark")).status).toBe(404);
  });
});

describe("an answer that an event of another node announced", () => {
  it("is never older than the event", async () => {
    const slow = door.garden.createNode({ pollMs: 60_000 });
    const behind = await slow.environment(door.garden.environment.id);
    const before = behind.current().version;
    // Another node writes, and nobody tells this one.
    const version = await door.garden.setFlag(undefined, door.ids.limit, { enabled: true, value: 99 });
    expect(behind.current().version).toBe(before);

    const answer = await door.post(`/ofrep/v1/evaluate/flags?flagConfigEtag=${encodeURIComponent(`"${version}-0badc0de"`)}`);

    expect(((await answer.json()) as Bulk).metadata.version).toBe(version);
  });

  it("does not wait for a version that never comes longer than two seconds, nor for what is no tag", async () => {
    const at = performance.now();
    expect((await door.post("/ofrep/v1/evaluate/flags?flagConfigEtag=nonsense")).status).toBe(200);
    expect(performance.now() - at).toBeLessThan(1_000);

    expect((await door.post("/ofrep/v1/evaluate/flags?flagConfigEtag=999999")).status).toBe(200);
    expect(performance.now() - at).toBeLessThan(4_000);
  });
});

describe("browsers", () => {
  it("may ask from any page and read tag and waiting time", async () => {
    const preflight = await fetch(`${door.address}/ofrep/v1/evaluate/flags`, {
      method: "OPTIONS",
      headers: { "Access-Control-Request-Headers": "x-custom" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toMatch(/If-None-Match.*Authorization.*X-API-Key.*x-custom/);
    for (const answer of [await door.bulk(), await door.bulk({ key: "" }), await door.one("nothing")]) {
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("access-control-expose-headers")).toContain("ETag, Retry-After");
    }
  });

  it("hear of an address that does not exist in JSON", async () => {
    const answer = await fetch(`${door.address}/ofrep/v1/configuration`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ errorDetails: expect.stringContaining("/ofrep/v1/configuration") as string });
  });
});
