import { environmentKey } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { API_KEY_PREFIX, makeSecretKey, parseSecretKey, SERVER_KEY_PREFIX, secretMatches } from "./key-format.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

describe("secret keys", () => {
  it("read back as what they were made of", () => {
    const made = makeSecretKey(API_KEY_PREFIX);

    const parsed = parseSecretKey(API_KEY_PREFIX, made.key);

    expect(parsed?.keyId).toBe(made.keyId);
    expect(secretMatches(parsed!.secret, made.secretHash)).toBe(true);
    expect(secretMatches(`${parsed!.secret}x`, made.secretHash)).toBe(false);
  });

  it("are told from anything mistyped by their checksum", () => {
    const { key } = makeSecretKey(SERVER_KEY_PREFIX);
    for (let at = 0; at < key.length; at++) {
      const other = key.slice(0, at) + (key[at] === "a" ? "b" : "a") + key.slice(at + 1);
      expect(parseSecretKey(SERVER_KEY_PREFIX, other)).toBeUndefined();
    }
    for (const other of ["", "ser.", key.slice(0, -1), `${key}0`, "ser." + "a".repeat(10_000)]) {
      expect(parseSecretKey(SERVER_KEY_PREFIX, other)).toBeUndefined();
    }
    expect(parseSecretKey(API_KEY_PREFIX, key)).toBeUndefined();
  });
});

describe("environmentKeys", () => {
  it("shows a server key once, stores only its secret's hash, and makes a revision that reaches every node", async () => {
    const here = await createWorld({ database: world.database });
    const administrator = here.callerAs("admin").environmentKeys;

    const made = await administrator.create({ ...here.inEnvironment, kind: "server", name: "Backend" });

    const parsed = parseSecretKey(SERVER_KEY_PREFIX, made.key);
    expect(made.preview).toBe(`ser.${parsed!.keyId}_…`);
    const [row] = await here.db.select().from(environmentKey).where(eq(environmentKey.id, made.id));
    expect(secretMatches(parsed!.secret, row!.secretHash!)).toBe(true);
    const listed = await here.callerAs("editor").environmentKeys.list(here.inEnvironment);
    expect(JSON.stringify(listed)).not.toContain(parsed!.secret);
    expect(listed).toHaveLength(2);
    expect(here.announced.at(-1)).toMatchObject({ kind: "key.created", subjects: ["key:Backend"], to: 2 });
  });

  it("revokes a key for good", async () => {
    const here = await createWorld({ database: world.database });
    const administrator = here.callerAs("admin").environmentKeys;
    const made = await administrator.create({ ...here.inEnvironment, kind: "client", name: "Web" });
    expect(made.preview).toBe(made.key);

    const revoked = await administrator.revoke({ ...here.inEnvironment, id: made.id });

    expect(revoked.revokedAt).not.toBeNull();
    expect(here.announced.at(-1)).toMatchObject({ kind: "key.revoked", subjects: ["key:Web"] });
    await expect(administrator.revoke({ ...here.inEnvironment, id: made.id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("S-KEY-4: is rotated with a grace: a new key of the same kind, and an end for the old one, in one revision", async () => {
    const here = await createWorld({ database: world.database });
    const keys = here.callerAs("admin").environmentKeys;
    const made = await keys.create({ ...here.inEnvironment, kind: "server", name: "Backend" });
    const until = new Date(Date.now() + 3_600_000).toISOString();

    const next = await keys.rotate({ ...here.inEnvironment, id: made.id, until });

    expect(next).toMatchObject({ kind: "server", name: "Backend", expiresAt: null, replacedBy: null });
    expect(next.key).not.toBe(made.key);
    const old = (await keys.list(here.inEnvironment)).find((it) => it.id === made.id);
    expect(old).toMatchObject({ expiresAt: until, revokedAt: null, replacedBy: next.id });
    expect(here.announced.at(-1)).toMatchObject({ kind: "key.rotated", subjects: ["key:Backend"] });
    await expect(keys.rotate({ ...here.inEnvironment, id: made.id })).rejects.toMatchObject({ code: "CONFLICT" });
    const past = keys.rotate({ ...here.inEnvironment, id: next.id, until: "2020-01-01T00:00:00Z" });
    await expect(past).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const elsewhere = keys.rotate({ ...here.inEnvironment, environment: "staging", id: next.id });
    await expect(elsewhere).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("refuses members, strangers, another environment's key and a time that has passed", async () => {
    const input = { ...world.inEnvironment, kind: "server" as const, name: "Backend" };
    const administrator = world.callerAs("admin").environmentKeys;
    const made = await administrator.create({ ...input, environment: "staging" });

    await expect(world.callerAs("editor").environmentKeys.create(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(world.callerAs("stranger").environmentKeys.list(world.inEnvironment)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(administrator.revoke({ ...world.inEnvironment, id: made.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const late = administrator.create({ ...input, expiresAt: "2020-01-01T00:00:00Z" });
    await expect(late).rejects.toMatchObject({ code: "BAD_REQUEST", message: containing("passed") });
  });
});
