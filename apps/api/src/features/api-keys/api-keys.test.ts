import { apiKey } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { API_KEY_PREFIX, makeSecretKey } from "../keys/index.ts";
import { createApiKeyReader } from "./authenticate.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const make = async (role: "admin" | "editor" = "editor") => {
  const organisation = world.organisation.slug;
  const made = await world.callerAs("admin").apiKeys.create({ organisation, name: "CI", role });
  return { made, read: createApiKeyReader(world.db), organisation };
};

describe("API keys", () => {
  it("stand for a program with their role in one organisation", async () => {
    const { made, read, organisation } = await make();

    const actor = await read(made.key);

    expect(actor).toEqual({
      kind: "program",
      apiKeyId: made.id,
      organisationId: world.organisation.id,
      name: "CI",
    });
    expect(await world.caller(actor).projects.list({ organisation })).toHaveLength(1);
    await expect(world.caller(actor).projects.create({ organisation, name: "X" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(world.caller(actor).projects.list({ organisation: world.foreign.slug })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("write when they were last used, at most once a day", async () => {
    const { made, read } = await make();
    const lastUsed = async () => (await world.db.select().from(apiKey).where(eq(apiKey.id, made.id)))[0]?.lastUsedAt;

    await read(made.key);
    const first = await lastUsed();
    await read(made.key);

    expect(first).toBeInstanceOf(Date);
    expect(await lastUsed()).toEqual(first);
  });

  it("are refused when revoked, expired, unknown or mistyped", async () => {
    const { made, read, organisation } = await make();
    await world.callerAs("admin").apiKeys.revoke({ organisation, id: made.id });
    const { made: late } = await make();
    await world.db
      .update(apiKey)
      .set({ expiresAt: new Date(0) })
      .where(eq(apiKey.id, late.id));

    await expect(read(made.key)).rejects.toMatchObject({ code: "unauthenticated", message: containing("revoked") });
    await expect(read(late.key)).rejects.toMatchObject({ code: "unauthenticated", message: containing("expired") });
    await expect(read(makeSecretKey(API_KEY_PREFIX).key)).rejects.toMatchObject({ message: containing("unknown") });
    await expect(read(`${late.key}x`)).rejects.toMatchObject({ message: containing("mistyped") });
  });

  it("are seen and made by administrators only; the list never shows a secret", async () => {
    const { made, organisation } = await make("admin");

    const listed = await world.callerAs("admin").apiKeys.list({ organisation });

    expect(listed.map((it) => it.id)).toContain(made.id);
    expect(JSON.stringify(listed)).not.toContain(made.key.split("_")[2]);
    await expect(world.callerAs("editor").apiKeys.list({ organisation })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(world.callerAs("stranger").apiKeys.revoke({ organisation, id: made.id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const foreign = world.callerAs("stranger").apiKeys.revoke({ organisation: world.foreign.slug, id: made.id });
    await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("S-KEY-4: are rotated with a grace, in which both work, with role and grants of the old one", async () => {
    const { made, read, organisation } = await make();
    const api = world.callerAs("admin");
    await api.grants.create({ ...world.inProject, apiKey: made.id, role: "viewer" });

    const next = await api.apiKeys.rotate({ organisation, id: made.id });

    expect(next).toMatchObject({ name: made.name, role: made.role, expiresAt: null, replacedBy: null });
    expect(await read(made.key)).toMatchObject({ apiKeyId: made.id });
    expect(await read(next.key)).toMatchObject({ apiKeyId: next.id });
    const old = (await api.apiKeys.list({ organisation })).find((it) => it.id === made.id);
    expect(old).toMatchObject({ replacedBy: next.id });
    expect(Date.parse(old?.expiresAt ?? "") - Date.now()).toBeGreaterThan(23 * 3_600_000);
    const grants = await api.grants.list({ organisation });
    expect(grants.filter((it) => it.subject.id === String(next.id))).toMatchObject([{ role: "viewer", project: "web-shop" }]);
    await expect(api.apiKeys.rotate({ organisation, id: made.id })).rejects.toMatchObject({ code: "CONFLICT" });
    const past = api.apiKeys.rotate({ organisation, id: next.id, until: new Date(0).toISOString() });
    await expect(past).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(api.apiKeys.rotate({ organisation, id: 1_000_000 })).rejects.toMatchObject({ code: "NOT_FOUND" });

    await world.db
      .update(apiKey)
      .set({ expiresAt: new Date(0) })
      .where(eq(apiKey.id, made.id));
    await expect(read(made.key)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("S-KEY-6: are neither made nor rotated by whoever holds less than they permit; revoked ones are not listed", async () => {
    const { made, organisation } = await make("admin");
    const admin = world.callerAs("admin");
    const { id: customRole } = await admin.roles.create({ organisation, name: "Key maker", permissions: ["MANAGE_API_KEYS"] });
    await admin.grants.create({ organisation, member: world.actors.viewer.userId, customRole });
    const maker = world.callerAs("viewer").apiKeys;

    await expect(maker.create({ organisation, name: "X", role: "admin" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(maker.rotate({ organisation, id: made.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await maker.create({ organisation, name: "X", role: "viewer" })).toMatchObject({ role: "viewer" });
    await maker.revoke({ organisation, id: made.id });
    expect((await admin.apiKeys.list({ organisation })).map((it) => it.id)).not.toContain(made.id);
  });
});
