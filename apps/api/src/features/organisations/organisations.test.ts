import { environment } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const program = async (role: "admin" | "editor") => world.caller(await world.insertProgram(role));

describe("organisations", () => {
  it("lists only those the asker has a part in", async () => {
    expect(await world.callerAs("editor").organisations.list()).toMatchObject([
      { slug: world.organisation.slug, role: "editor" },
    ]);
    expect(await world.callerAs("stranger").organisations.list()).toMatchObject([{ slug: world.foreign.slug }]);
    expect(await (await program("editor")).organisations.list()).toMatchObject([{ id: world.organisation.id, role: "editor" }]);
    await expect(world.callerAs("nobody").organisations.list()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("makes its maker the owner of a new one", async () => {
    const made = await world.callerAs("admin").organisations.create({ name: world.organisation.slug });

    expect(made).toMatchObject({ slug: `${world.organisation.slug}-2`, role: "owner" });
    expect(await world.callerAs("admin").members.list({ organisation: made.slug })).toMatchObject([{ role: "owner" }]);
  });

  it("refuses a new one to plain members and to programs, and a slug that is taken", async () => {
    await expect(world.callerAs("editor").organisations.create({ name: "X" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect((await program("admin")).organisations.create({ name: "X" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const taken = world.callerAs("admin").organisations.create({ name: "X", slug: world.foreign.slug });
    await expect(taken).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("gives every environment of every project a revision when the name changes", async () => {
    const here = await createWorld({ database: world.database });
    const administrator = here.callerAs("admin");
    const organisation = here.organisation.slug;
    const second = await administrator.projects.create({ organisation, name: "Second", environments: ["Only"] });

    await administrator.organisations.update({ organisation, name: "Renamed" });

    const rows = await here.db.select().from(environment).where(eq(environment.projectId, second.id));
    expect(rows).toMatchObject([{ version: 2 }]);
    expect(await here.environmentNow("production")).toMatchObject({ version: 2 });
    expect(here.announced.slice(-4).map((it) => it.delta.environment?.organisation.name)).toEqual(
      Array.from({ length: 4 }, () => "Renamed"),
    );
  });

  it("changes slug and rule by themselves, without a revision, and takes no slug of another", async () => {
    const here = await createWorld({ database: world.database });
    const { organisations } = here.callerAs("admin");
    const slug = `${here.organisation.slug}-new`;

    const changed = await organisations.update({ organisation: here.organisation.slug, slug, requireTwoFactor: false });

    expect(changed).toMatchObject({ slug, name: here.organisation.name, requireTwoFactor: false });
    expect(await here.environmentNow("production")).toMatchObject({ version: 1 });
    const taken = organisations.update({ organisation: slug, slug: here.foreign.slug });
    await expect(taken).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(organisations.get({ organisation: here.organisation.slug })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is found by nobody else", async () => {
    const attempt = world.callerAs("stranger").organisations.get({ organisation: world.organisation.slug });

    await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("account.me", () => {
  it("tells a person and a program who they are", async () => {
    expect(await world.callerAs("editor").account.me()).toMatchObject({
      kind: "person",
      name: "Ed Editor",
      organisations: [{ role: "editor" }],
    });
    expect(await (await program("admin")).account.me()).toMatchObject({ kind: "program", name: "CI", email: null });
    await expect(world.callerAs("nobody").account.me()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});
