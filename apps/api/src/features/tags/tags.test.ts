import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

describe("tags", () => {
  it("come in the order of their labels, with how many live flags wear each", async () => {
    const here = await fresh();
    const api = here.callerAs("editor");
    for (const label of ["shop", "old"]) await api.tags.create({ ...here.inProject, label });
    for (const key of ["one", "two"]) await api.flags.create({ ...here.inProject, key, tags: ["shop", "old"] });
    await api.flags.archive({ ...here.inProject, flag: "two", archived: true });

    expect((await api.tags.list(here.inProject)).map((it) => [it.label, it.flags])).toEqual([
      ["old", 1],
      ["shop", 1],
    ]);
  });

  it("are renamed and deleted on every flag that wears them, without a revision", async () => {
    const here = await fresh();
    const api = here.callerAs("editor");
    const shop = await api.tags.create({ ...here.inProject, label: "shop" });
    await api.flags.create({ ...here.inProject, key: "one", tags: ["shop"] });
    const before = here.announced.length;
    const labels = async () => (await api.flags.get({ ...here.inEnvironment, flag: "one" })).tags;

    const renamed = await api.tags.update({ ...here.inProject, id: shop.id, label: "store" });
    expect([renamed.label, renamed.flags, await labels()]).toEqual(["store", 1, ["store"]]);
    await api.tags.delete({ ...here.inProject, id: shop.id });

    expect(await labels()).toEqual([]);
    expect(here.announced).toHaveLength(before);
    const { items } = await api.audit.list({ organisation: here.organisation.slug, limit: 2 });
    expect(items.map((it) => [it.action, it.subject])).toEqual([
      ["tag.deleted", "tag:store"],
      ["tag.updated", "tag:shop"],
    ]);
  });

  it("refuse a label that is taken and an id that is not this project's", async () => {
    const here = await fresh();
    const api = here.callerAs("editor");
    const shop = await api.tags.create({ ...here.inProject, label: "shop" });
    const old = await api.tags.create({ ...here.inProject, label: "old" });

    await expect(api.tags.create({ ...here.inProject, label: " shop " })).rejects.toMatchObject({
      code: "CONFLICT",
      message: containing("`shop`"),
    });
    await expect(api.tags.update({ ...here.inProject, id: old.id, label: "shop" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(world.callerAs("editor").tags.delete({ ...world.inProject, id: shop.id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await api.tags.list(here.inProject)).toHaveLength(2);
  });
});
