import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = async () => {
  const here = await createWorld({ database: world.database });
  return { here, organisation: here.organisation.slug, roles: here.callerAs("admin").roles };
};

describe("roles", () => {
  it("are made, listed, changed and deleted, and each change is in the audit log", async () => {
    const { here, organisation, roles } = await fresh();

    const made = await roles.create({
      organisation,
      name: "Toggler",
      permissions: ["UPDATE_FEATURE_STATE", "UPDATE_FEATURE_STATE"],
    });
    expect(made).toMatchObject({ name: "Toggler", description: "", permissions: ["UPDATE_FEATURE_STATE"] });
    const changed = await roles.update({
      organisation,
      id: made.id,
      description: "May toggle",
      permissions: ["VIEW_ENVIRONMENT"],
    });
    expect(changed).toMatchObject({ description: "May toggle", permissions: ["VIEW_ENVIRONMENT"] });
    expect(await here.callerAs("viewer").roles.list({ organisation })).toEqual([changed]);
    await roles.delete({ organisation, id: made.id });

    expect(await roles.list({ organisation })).toEqual([]);
    const { items } = await here.callerAs("owner").audit.list({ organisation });
    expect(items.slice(0, 3).map((it) => [it.action, it.subject])).toEqual([
      ["role.deleted", "role:Toggler"],
      ["role.updated", "role:Toggler"],
      ["role.created", "role:Toggler"],
    ]);
  });

  it("have names of their own, in each organisation", async () => {
    const { here, organisation, roles } = await fresh();
    const wish = { name: "Toggler", permissions: ["VIEW_PROJECT" as const] };
    await roles.create({ organisation, ...wish });
    const other = await roles.create({ organisation, ...wish, name: "Other" });

    await expect(roles.create({ organisation, ...wish })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(roles.update({ organisation, id: other.id, name: "Toggler" })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await here.callerAs("stranger").roles.create({ organisation: here.foreign.slug, ...wish })).toMatchObject(wish);
  });

  it("refuse unknown permissions, and none at all", async () => {
    const { organisation, roles } = await fresh();
    const unknown = ["FLY"] as unknown as ["VIEW_PROJECT"];

    await expect(roles.create({ organisation, name: "X", permissions: unknown })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(roles.create({ organisation, name: "X", permissions: [] })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("cannot be deleted while somebody holds them, nor found by another organisation", async () => {
    const { here, organisation, roles } = await fresh();
    const { id } = await roles.create({ organisation, name: "Toggler", permissions: ["UPDATE_FEATURE_STATE"] });
    await here.callerAs("admin").grants.create({ organisation, member: here.actors.viewer.userId, customRole: id });
    const stranger = here.callerAs("stranger").roles;

    await expect(roles.delete({ organisation, id })).rejects.toMatchObject({ code: "CONFLICT", message: containing("1 times") });
    await expect(stranger.delete({ organisation: here.foreign.slug, id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(stranger.update({ organisation: here.foreign.slug, id, name: "X" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("give nobody more than those who write them hold", async () => {
    const { here, organisation, roles } = await fresh();
    const { id } = await roles.create({ organisation, name: "Role writer", permissions: ["MANAGE_ROLES"] });
    await here.callerAs("admin").grants.create({ organisation, member: here.actors.viewer.userId, customRole: id });
    const writer = here.callerAs("viewer").roles;

    const more = writer.update({ organisation, id, permissions: ["MANAGE_ROLES", "DELETE_PROJECT"] });
    await expect(more).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("DELETE_PROJECT") });
    const owner = roles.create({ organisation, name: "Y", permissions: ["MANAGE_OWNERS"] });
    await expect(owner).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await writer.create({ organisation, name: "Z", permissions: ["VIEW_PROJECT"] })).toMatchObject({ name: "Z" });
  });
});
