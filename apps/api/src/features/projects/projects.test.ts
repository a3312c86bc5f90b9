import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

describe("projects.create", () => {
  it("comes with Development, Staging and Production; production asks before a toggle", async () => {
    const organisation = world.organisation.slug;

    const made = await world.callerAs("admin").projects.create({ organisation, name: "  Mobile App  " });

    expect(made).toMatchObject({ name: "Mobile App", slug: "mobile-app" });
    const environments = await world.callerAs("editor").environments.list({ organisation, project: made.slug });
    expect(environments.map((it) => [it.slug, it.safety, it.version])).toEqual([
      ["development", "free", 1],
      ["staging", "free", 1],
      ["production", "confirm", 1],
    ]);
  });

  it("makes the environments that are named instead", async () => {
    const organisation = world.organisation.slug;
    const made = await world.callerAs("admin").projects.create({ organisation, name: "日本", environments: ["Live", "Live"] });

    expect(made.slug).toBe("project");
    const environments = await world.callerAs("editor").environments.list({ organisation, project: made.slug });
    expect(environments.map((it) => it.slug)).toEqual(["live", "live-2"]);
  });

  it("refuses a slug that is taken, a member, a stranger and text that cannot be stored", async () => {
    const here = await fresh();
    const input = { organisation: here.organisation.slug, name: "Another" };
    const administrator = here.callerAs("admin").projects;

    await expect(administrator.create({ ...input, slug: here.project.slug })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(here.callerAs("editor").projects.create(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(here.callerAs("stranger").projects.create(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const name of ["a\u0000b", "\ud800", " ", "x".repeat(201)]) {
      await expect(administrator.create({ ...input, name })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    expect(await administrator.list({ organisation: here.organisation.slug })).toHaveLength(1);
  });
});

describe("projects.update", () => {
  it("gives every environment a revision when the answers change", async () => {
    const here = await fresh();

    const updated = await here.callerAs("admin").projects.update({ ...here.inProject, name: "Shop", hideDisabledFlags: true });

    expect(updated).toMatchObject({ name: "Shop", hideDisabledFlags: true, slug: here.project.slug });
    for (const slug of ["development", "staging", "production"]) {
      expect(await here.environmentNow(slug)).toMatchObject({ version: 2 });
    }
    expect(here.announced.at(-1)).toMatchObject({
      kind: "project.updated",
      delta: { environment: { project: { name: "Shop" }, hideDisabledFlags: true } },
    });
  });

  it("writes no revision where nothing changes", async () => {
    const here = await fresh();

    await here.callerAs("admin").projects.update({ ...here.inProject, name: here.project.name });

    expect(await here.environmentNow("production")).toMatchObject({ version: 1 });
  });
});

describe("projects.delete", () => {
  it("asks for the slug, then removes the project with all it holds", async () => {
    const here = await fresh();
    const administrator = here.callerAs("admin").projects;

    await expect(administrator.delete({ ...here.inProject, confirm: "nope" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await administrator.delete({ ...here.inProject, confirm: here.project.slug });

    await expect(administrator.get(here.inProject)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await administrator.list({ organisation: here.organisation.slug })).toEqual([]);
  });

  it("never reaches another organisation's project", async () => {
    const attempt = world.callerAs("stranger").projects.delete({
      organisation: world.foreign.slug,
      project: world.project.slug,
      confirm: world.project.slug,
    });

    await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await world.callerAs("editor").projects.get(world.inProject)).toMatchObject({ id: world.project.id });
  });
});
