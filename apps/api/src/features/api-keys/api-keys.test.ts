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

  it("write when they were last used, at most once a minute", async () => {
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
});
