import { auditEvent, environmentKey, flag, flagState, revision, variant } from "@halyard/db/schema";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing, matching } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

describe("environments.create", () => {
  it("starts at version 1, with every flag in its default state, a client-side key and its first revision", async () => {
    const here = await fresh();
    const [made] = await here.db
      .insert(flag)
      .values({
        projectId: here.project.id,
        key: "new-checkout",
        valueType: "string",
        defaultEnabled: true,
        defaultValue: "control",
      })
      .returning();
    const [red] = await here.db
      .insert(variant)
      .values({ flagId: made!.id, key: "red", value: "red", defaultWeight: 33.3 })
      .returning();

    const created = await here.callerAs("admin").environments.create({ ...here.inProject, name: "Québec Test" });

    expect(created).toMatchObject({ slug: "quebec-test", version: 1, position: 3, safety: "free" });
    const [state] = await here.db.select().from(flagState).where(eq(flagState.environmentId, created.id));
    expect(state).toMatchObject({ enabled: true, value: "control", weights: [{ variantId: red!.id, weight: 33.3 }] });
    const keys = await here.db.select().from(environmentKey).where(eq(environmentKey.environmentId, created.id));
    expect(keys).toMatchObject([{ kind: "client", keyId: matching(/^env_[0-9A-Za-z]{22}$/) }]);
    const log = await here.db.select().from(revision).where(eq(revision.environmentId, created.id));
    expect(log).toMatchObject([{ version: 1, kind: "environment.created", subjects: ["environment", "flag:new-checkout"] }]);
    expect(here.announced.at(-1)).toMatchObject({ environmentId: created.id, from: 0, to: 1 });
  });

  it("gives the next free slug to a name that is taken", async () => {
    const here = await fresh();

    const created = await here.callerAs("admin").environments.create({ ...here.inProject, name: "Production" });

    expect(created.slug).toBe("production-2");
  });

  it("refuses a slug that is taken, and writes nothing", async () => {
    const here = await fresh();

    const attempt = here.callerAs("admin").environments.create({ ...here.inProject, name: "X", slug: "staging" });

    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT", message: containing("`staging`") });
    expect(await here.callerAs("editor").environments.list(here.inProject)).toHaveLength(3);
  });

  it("refuses a member, a stranger, somebody not signed in, and unknown fields", async () => {
    const input = { ...world.inProject, name: "Another" };

    await expect(world.callerAs("editor").environments.create(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(world.callerAs("stranger").environments.create(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(world.callerAs("nobody").environments.create(input)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const unknown: typeof input = { ...input, ...{ colr: "#000000" } };
    await expect(world.callerAs("admin").environments.create(unknown)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("environments.update", () => {
  it("makes a revision of what SDKs see", async () => {
    const here = await fresh();

    const updated = await here
      .callerAs("admin")
      .environments.update({ ...here.inEnvironment, hideDisabledFlags: true, name: "Live" });

    expect(updated).toMatchObject({ hideDisabledFlags: true, name: "Live", slug: "production", version: 2 });
    expect(here.announced.at(-1)).toMatchObject({
      kind: "environment.updated",
      delta: { environment: { hideDisabledFlags: true, name: "Live" } },
    });
    expect(await here.environmentNow("staging")).toMatchObject({ version: 1 });
  });

  it("moves an environment among the others without waking a single SDK", async () => {
    const here = await fresh();
    const before = here.announced.length;

    await here.callerAs("admin").environments.update({ ...here.inEnvironment, position: 0, colour: "#123456" });

    const listed = await here.callerAs("editor").environments.list(here.inProject);
    expect(listed.map((it) => [it.slug, it.position, it.version])).toEqual([
      ["production", 0, 1],
      ["development", 1, 1],
      ["staging", 2, 1],
    ]);
    expect(here.announced).toHaveLength(before);
    const [audited] = await here.db.select().from(auditEvent).orderBy(desc(auditEvent.id)).limit(1);
    expect(audited).toMatchObject({ action: "environment.updated", subjects: ["environment:production"] });
  });

  it("answers with the environment as it is where nothing is asked", async () => {
    const here = await fresh();

    expect(await here.callerAs("admin").environments.update(here.inEnvironment)).toMatchObject({ version: 1 });
  });
});

describe("environments.delete", () => {
  it("asks for the slug, then takes the environment out and closes the gap", async () => {
    const here = await fresh();
    const target = { ...here.inProject, environment: "development" };

    const careless = here.callerAs("admin").environments.delete({ ...target, confirm: "Development" });
    await expect(careless).rejects.toMatchObject({ code: "BAD_REQUEST", message: containing("`development`") });
    await here.callerAs("admin").environments.delete({ ...target, confirm: "development" });

    const listed = await here.callerAs("editor").environments.list(here.inProject);
    expect(listed.map((it) => [it.slug, it.position])).toEqual([
      ["staging", 0],
      ["production", 1],
    ]);
    await expect(here.callerAs("editor").environments.get(target)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("keeps a project's only environment", async () => {
    const here = await fresh();
    const one = await here
      .callerAs("admin")
      .projects.create({ organisation: here.organisation.slug, name: "One", environments: ["Only"] });

    const attempt = here
      .callerAs("admin")
      .environments.delete({ ...here.inProject, project: one.slug, environment: "only", confirm: "only" });

    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
