import { user } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

async function withToggles(count: number) {
  const here = await fresh();
  const api = here.callerAs("editor");
  await api.flags.create({ ...here.inProject, key: "banner" });
  for (let at = 0; at < count; at++) {
    await api.flags.setEnabled({ ...here.inEnvironment, flag: "banner", enabled: at % 2 === 0 });
  }
  return { here, api };
}

describe("revisions.list", () => {
  it("pages from the newest without a gap, down to the environment's beginning", async () => {
    const { here, api } = await withToggles(3);

    const first = await api.revisions.list({ ...here.inEnvironment, limit: 3 });
    const second = await api.revisions.list({ ...here.inEnvironment, limit: 3, after: first.next! });

    expect(first.items.map((it) => it.version)).toEqual([5, 4, 3]);
    expect(second.items.map((it) => [it.version, it.kind])).toEqual([
      [2, "flag.created"],
      [1, "environment.created"],
    ]);
    expect(second.next).toBeNull();
  });

  it("keeps to one subject, whatever characters it has", async () => {
    const { here, api } = await withToggles(1);
    await api.flags.create({ ...here.inProject, key: "other" });
    const identifier = `a "quoted", {braced} \\ identifier`;
    await api.identityOverrides.set({ ...here.inEnvironment, identifier, flag: "banner", enabled: true });
    const found = async (subject: string) =>
      (await api.revisions.list({ ...here.inEnvironment, subject })).items.map((it) => it.kind);

    expect(await found("flag:banner")).toEqual(["identity-override.set", "flag.state", "flag.created"]);
    expect(await found(`identity:${identifier}`)).toEqual(["identity-override.set"]);
    expect(await found("flag:ban")).toEqual([]);
  });

  it("names people and keys as they are called now, and whoever is gone by reference", async () => {
    const { here, api } = await withToggles(0);
    const program = await here.insertProgram("editor");
    await here.caller(program).flags.setEnabled({ ...here.inEnvironment, flag: "banner", enabled: true });
    await here.callerAs("admin").flags.setEnabled({ ...here.inEnvironment, flag: "banner", enabled: false });
    await here.db.delete(user).where(eq(user.id, here.actors.admin.userId));
    await here.db.update(user).set({ name: "Melanie" }).where(eq(user.id, here.actors.editor.userId));

    const { items } = await api.revisions.list(here.inEnvironment);

    const gone = `user:${here.actors.admin.userId}`;
    expect(items.map((it) => it.actor)).toEqual([gone, "CI", "Melanie", "system:test"]);
  });
});

describe("revisions.get", () => {
  it("gives one revision with its hash, and does not find one that is not written yet", async () => {
    const { here, api } = await withToggles(1);

    const revision = await api.revisions.get({ ...here.inEnvironment, version: 3 });

    const { headHash } = await here.environmentNow("production");
    expect(revision).toMatchObject({ version: 3, kind: "flag.state", hash: headHash });
    await expect(api.revisions.get({ ...here.inEnvironment, version: 4 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("audit.list", () => {
  it("pages from the newest over everything in the organisation, and nothing of another", async () => {
    const { here, api } = await withToggles(1);
    const organisation = here.organisation.slug;

    const first = await api.audit.list({ organisation, limit: 2 });
    const second = await api.audit.list({ organisation, limit: 100, after: first.next! });

    const [newest] = first.items;
    expect(newest).toMatchObject({
      action: "flag.state",
      subject: "flag:banner",
      actor: "Ed Editor",
      project: here.project.slug,
      environment: "production",
    });
    const ids = [...first.items, ...second.items].map((it) => it.id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    const foreign = await here.callerAs("stranger").audit.list({ organisation: here.foreign.slug });
    expect(foreign.items).toEqual([]);
  });
});
