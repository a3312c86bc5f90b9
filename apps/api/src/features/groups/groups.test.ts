import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = async () => {
  const here = await createWorld({ database: world.database });
  const admin = here.callerAs("admin");
  return { here, organisation: here.organisation.slug, admin, groups: admin.groups };
};

describe("groups", () => {
  it("are made, changed, filled, emptied and deleted", async () => {
    const { here, organisation, groups } = await fresh();
    const { userId, name } = here.actors.viewer;

    const { id } = await groups.create({ organisation, name: "Web", description: "The web team", externalId: "web" });
    await groups.addMember({ organisation, id, userId });
    await groups.addMember({ organisation, id, userId });
    const filled = await groups.update({ organisation, id, name: "Web team", externalId: null });

    expect(filled).toMatchObject({ name: "Web team", externalId: null, isDefault: false, members: [{ userId, name }] });
    expect(await here.callerAs("viewer").groups.list({ organisation })).toEqual([filled]);
    expect(await groups.get({ organisation, id })).toEqual(filled);
    expect(await groups.removeMember({ organisation, id, userId })).toMatchObject({ members: [] });
    await expect(groups.removeMember({ organisation, id, userId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await groups.delete({ organisation, id });
    await expect(groups.get({ organisation, id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("give what they hold to whoever is in them, and take it with them", async () => {
    const { here, organisation, admin, groups } = await fresh();
    const { id } = await groups.create({ organisation, name: "Web" });
    await admin.grants.create({ organisation, group: id, role: "editor" });
    await groups.addMember({ organisation, id, userId: here.actors.viewer.userId });
    const create = (key: string) => here.callerAs("viewer").flags.create({ ...here.inProject, key });

    expect(await create("one")).toMatchObject({ key: "one" });
    await groups.delete({ organisation, id });
    await expect(create("two")).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("take in everybody who joins, where they are default", async () => {
    const { here, organisation, admin, groups } = await fresh();
    const { id } = await groups.create({ organisation, name: "Everybody", isDefault: true });

    await admin.members.add({ organisation, email: here.actors.stranger.email, role: null });

    expect((await groups.get({ organisation, id })).members).toMatchObject([{ userId: here.actors.stranger.userId }]);
  });

  it("have names and external ids of their own", async () => {
    const { organisation, groups } = await fresh();
    await groups.create({ organisation, name: "Web", externalId: "web" });
    const { id } = await groups.create({ organisation, name: "Apps" });

    await expect(groups.create({ organisation, name: "Web" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(groups.create({ organisation, name: "X", externalId: "web" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(groups.update({ organisation, id, externalId: "web" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("take in nobody from elsewhere, and are found by nobody else", async () => {
    const { here, organisation, groups } = await fresh();
    const { id } = await groups.create({ organisation, name: "Web" });
    const foreign = { organisation: here.foreign.slug, id };

    const stranger = groups.addMember({ organisation, id, userId: here.actors.stranger.userId });
    await expect(stranger).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(here.callerAs("stranger").groups.get(foreign)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(here.callerAs("stranger").groups.delete(foreign)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("let nobody into a group that holds more than those who fill it", async () => {
    const { here, organisation, admin, groups } = await fresh();
    const { id } = await groups.create({ organisation, name: "Admins" });
    await admin.grants.create({ organisation, group: id, role: "admin" });
    const { id: filler } = await admin.roles.create({ organisation, name: "Filler", permissions: ["MANAGE_USER_GROUPS"] });
    const { userId } = here.actors.viewer;
    await admin.grants.create({ organisation, member: userId, customRole: filler });
    const viewer = here.callerAs("viewer").groups;

    await expect(viewer.addMember({ organisation, id, userId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(viewer.update({ organisation, id, isDefault: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
