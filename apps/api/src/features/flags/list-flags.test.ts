import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

async function withFlags(keys: readonly string[]) {
  const here = await fresh();
  const api = here.callerAs("editor");
  for (const key of keys) await api.flags.create({ ...here.inProject, key });
  return { here, api };
}

async function walk(here: World, wish: { sort?: "key" | "created"; limit: number }): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const page = await here.callerAs("editor").flags.list({ ...here.inEnvironment, ...wish, after });
    pages.push(page.items.map((it) => it.key));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return pages;
}

describe("flags.list", () => {
  it("pages by key without regard to case, missing and doubling nothing", async () => {
    const { here } = await withFlags(["delta", "Alpha", "charlie", "Bravo", "echo"]);

    expect(await walk(here, { limit: 2 })).toEqual([["Alpha", "Bravo"], ["charlie", "delta"], ["echo"]]);
  });

  it("pages by age, the newest first, also when a page is exactly full", async () => {
    const { here } = await withFlags(["one", "two", "three", "four"]);

    expect(await walk(here, { sort: "created", limit: 2 })).toEqual([
      ["four", "three"],
      ["two", "one"],
    ]);
  });

  it("takes %, _ and \\ of a search as they are", async () => {
    const { here, api } = await withFlags(["plain_one", "plain-two"]);
    await api.flags.update({ ...here.inProject, flag: "plain-two", description: "100% of C:\\temp" });
    const found = async (q: string) => (await api.flags.list({ ...here.inEnvironment, q })).items.map((it) => it.key);

    expect(await found("n_o")).toEqual(["plain_one"]);
    expect(await found("100%")).toEqual(["plain-two"]);
    expect(await found("%")).toEqual(["plain-two"]);
    expect(await found("C:\\T")).toEqual(["plain-two"]);
    expect(await found("PLAIN")).toEqual(["plain-two", "plain_one"]);
  });

  it("filters by state in the asked environment, by owner and by all of the tags", async () => {
    const { here, api } = await withFlags(["lit", "dark"]);
    for (const label of ["shop", "old"]) await api.tags.create({ ...here.inProject, label });
    await api.flags.setEnabled({ ...here.inEnvironment, flag: "lit", enabled: true });
    const owner = here.actors.editor.userId;
    await api.flags.update({ ...here.inProject, flag: "lit", tags: ["shop", "old"], owners: [owner] });
    await api.flags.update({ ...here.inProject, flag: "dark", tags: ["shop"] });
    const found = async (wish: object) => (await api.flags.list({ ...here.inEnvironment, ...wish })).items.map((it) => it.key);

    expect(await found({ state: "on" })).toEqual(["lit"]);
    expect(await found({ state: "off" })).toEqual(["dark"]);
    expect(await found({ state: "on", environment: "staging" })).toEqual([]);
    expect(await found({ tag: ["shop"] })).toEqual(["dark", "lit"]);
    expect(await found({ tag: ["shop", "old"] })).toEqual(["lit"]);
    expect(await found({ owner })).toEqual(["lit"]);
  });

  it("refuses a cursor it has not made, naming `after`", async () => {
    const { here, api } = await withFlags(["one", "two"]);
    const { next } = await api.flags.list({ ...here.inEnvironment, limit: 1 });

    for (const wish of [{ after: "nonsense" }, { after: next!, sort: "created" as const }, { after: "" }]) {
      await expect(api.flags.list({ ...here.inEnvironment, ...wish })).rejects.toMatchObject({
        code: "BAD_REQUEST",
        message: containing("`next`"),
        cause: { details: { fields: [{ path: "after" }] } },
      });
    }
  });

  it("shows the last change in the asked environment only", async () => {
    const { here, api } = await withFlags(["one", "two"]);
    const changed = await api.flags.setEnabled({ ...here.inEnvironment, flag: "one", enabled: true });

    const { items } = await api.flags.list(here.inEnvironment);

    expect(items[0]?.lastChange).toMatchObject({ version: changed.version, actor: "Ed Editor" });
    expect(items[1]?.lastChange?.version).toBeLessThan(changed.version);
  });
});
