import { environment } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const program = (here: World, role: "administrator" | "member") =>
  here.caller({ kind: "program", apiKeyId: 1, organisationId: here.organisation.id, role, name: "CI" });

describe("organisations", () => {
  it("lists only those the asker has a part in", async () => {
    expect(await world.callerAs("member").organisations.list()).toMatchObject([
      { slug: world.organisation.slug, role: "member" },
    ]);
    expect(await world.callerAs("stranger").organisations.list()).toMatchObject([{ slug: world.foreign.slug }]);
    expect(await program(world, "member").organisations.list()).toMatchObject([{ id: world.organisation.id, role: "member" }]);
    await expect(world.callerAs("nobody").organisations.list()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("makes its maker the administrator of a new one", async () => {
    const made = await world.callerAs("administrator").organisations.create({ name: world.organisation.slug });

    expect(made).toMatchObject({ slug: `${world.organisation.slug}-2`, role: "administrator" });
    expect(await world.callerAs("administrator").members.list({ organisation: made.slug })).toMatchObject([
      { role: "administrator" },
    ]);
  });

  it("refuses a new one to plain members and to programs, and a slug that is taken", async () => {
    await expect(world.callerAs("member").organisations.create({ name: "X" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(program(world, "administrator").organisations.create({ name: "X" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const taken = world.callerAs("administrator").organisations.create({ name: "X", slug: world.foreign.slug });
    await expect(taken).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("gives every environment of every project a revision when the name changes", async () => {
    const here = await createWorld({ database: world.database });
    const administrator = here.callerAs("administrator");
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

  it("is found by nobody else", async () => {
    const attempt = world.callerAs("stranger").organisations.get({ organisation: world.organisation.slug });

    await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("account.me", () => {
  it("tells a person and a program who they are", async () => {
    expect(await world.callerAs("member").account.me()).toMatchObject({
      kind: "person",
      name: "Mel Member",
      organisations: [{ role: "member" }],
    });
    expect(await program(world, "administrator").account.me()).toMatchObject({ kind: "program", name: "CI", email: null });
    await expect(world.callerAs("nobody").account.me()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});
