import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

const planIs = (value: string) => [
  { type: "ALL" as const, conditions: [{ operator: "EQUAL" as const, property: "plan", value }], rules: [] },
];
const matching = (value: string) => [
  { type: "ALL" as const, conditions: [{ operator: "REGEX" as const, property: "plan", value }], rules: [] },
];

async function withPros() {
  const here = await fresh();
  const api = here.callerAs("editor");
  const pros = await api.segments.create({ ...here.inProject, name: "Pros & friends", rules: planIs("pro") });
  return { here, api, pros, of: { ...here.inProject, segment: pros.key } };
}

describe("segments.create", () => {
  it("makes a key from the name, a free one where it is taken, and a revision in every environment", async () => {
    const { here, api, pros } = await withPros();

    const again = await api.segments.create({ ...here.inProject, name: "Pros & Friends!", rules: [] });

    expect([pros.key, pros.version, again.key]).toEqual(["pros-friends", 1, "pros-friends-2"]);
    expect(here.announced.slice(-6).map((it) => it.kind)).toEqual(Array(6).fill("segment.created"));
    await expect(api.segments.create({ ...here.inProject, name: "Other", key: "pros-friends", rules: [] })).rejects.toMatchObject(
      { code: "CONFLICT", message: containing("`pros-friends`") },
    );
  });

  it("refuses a pattern that RE2 refuses, naming its place and the reason", async () => {
    const rules = [{ type: "ANY" as const, conditions: [], rules: [...planIs("x"), ...matching("(?<=a)b")] }];

    const attempt = world.callerAs("editor").segments.create({ ...world.inProject, name: "Bad", rules });

    await expect(attempt).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: containing("look-around"),
      cause: { details: { fields: [{ path: "rules.0.rules.1.conditions.0.value", message: containing("(?<") }] } },
    });
  });
});

describe("segments.update", () => {
  it("makes the next version of other rules, and says field by field what changed", async () => {
    const { here, api, of } = await withPros();

    const updated = await api.segments.update({ ...of, name: "Pros", rules: planIs("gold"), comment: "Renamed plan" });

    expect(updated).toMatchObject({ key: "pros-friends", name: "Pros", version: 2, rules: planIs("gold") });
    const [last] = (await api.revisions.list({ ...here.inEnvironment, subject: "segment:pros-friends" })).items;
    expect(last).toMatchObject({
      kind: "segment.updated",
      comment: "Renamed plan",
      changes: [
        { path: "name", before: "Pros & friends", after: "Pros" },
        { path: "rules", before: planIs("pro"), after: planIs("gold") },
      ],
    });
  });

  it("makes no version and no revision of the same rules again, and only an audit event of a description", async () => {
    const { here, api, of } = await withPros();
    const before = here.announced.length;

    await api.segments.update({ ...of, rules: planIs("pro") });
    const updated = await api.segments.update({ ...of, description: "Who pays" });

    expect([updated.version, updated.description]).toEqual([1, "Who pays"]);
    expect(here.announced).toHaveLength(before);
    const { items } = await api.audit.list({ organisation: here.organisation.slug, limit: 1 });
    expect(items).toMatchObject([{ action: "segment.updated", subject: "segment:pros-friends", actor: "Ed Editor" }]);
  });

  it("refuses another version than the one in force, and gives the row as it is", async () => {
    const { api, of } = await withPros();
    await api.segments.update({ ...of, rules: planIs("gold"), expectedVersion: 1 });

    const attempt = api.segments.update({ ...of, rules: planIs("lead"), expectedVersion: 1 });

    await expect(attempt).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { details: { current: { version: 2, rules: planIs("gold") } } },
    });
  });

  it("refuses a bad pattern and an unknown segment", async () => {
    const { api, of } = await withPros();

    await expect(api.segments.update({ ...of, rules: matching("(") })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(api.segments.update({ ...of, segment: "none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("segments.delete", () => {
  async function withUse() {
    const { here, api, of } = await withPros();
    await api.segments.create({ ...here.inProject, name: "Locals", rules: [] });
    await api.flags.create({ ...here.inProject, key: "banner" });
    for (const segment of [of.segment, "locals"]) {
      await api.overrides.set({ ...here.inEnvironment, flag: "banner", segment, enabled: true });
    }
    return { here, api, of };
  }

  it("refuses while a flag uses it, naming the flag", async () => {
    const { here, api, of } = await withUse();
    const before = here.announced.length;

    await expect(api.segments.delete(of)).rejects.toMatchObject({
      code: "CONFLICT",
      message: containing("`banner`"),
      cause: { details: { current: { usedBy: [{ flag: "banner", environment: "production", enabled: true }] } } },
    });
    expect(here.announced).toHaveLength(before);
  });

  it("with force takes the overrides along in one revision, and leaves the others gapless", async () => {
    const { here, api, of } = await withUse();
    const { version } = await api.flags.get({ ...here.inEnvironment, flag: "banner" });

    await api.segments.delete({ ...of, force: true });

    const flag = await api.flags.get({ ...here.inEnvironment, flag: "banner" });
    expect(flag.segmentOverrides).toMatchObject([{ segment: { key: "locals" }, priority: 0 }]);
    expect(flag.version).toBe(version + 1);
    await expect(api.segments.get(of)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const revision = await api.revisions.get({ ...here.inEnvironment, version: flag.version });
    expect(revision).toMatchObject({
      kind: "segment.deleted",
      changes: [
        { subject: "flag:banner", path: "overrides.locals.priority", before: 1, after: 0 },
        { subject: "flag:banner", path: "overrides.pros-friends", after: null },
        { subject: "segment:pros-friends", path: "", after: null },
      ],
    });
  });
});

describe("segments.list", () => {
  it("pages by key and finds by part of a name, counting the flags that use each", async () => {
    const { here, api, pros } = await withPros();
    await api.segments.create({ ...here.inProject, name: "Beta", rules: [] });
    await api.flags.create({ ...here.inProject, key: "banner" });
    for (const environment of ["staging", "production"]) {
      await api.overrides.set({ ...here.inProject, environment, flag: "banner", segment: pros.key, enabled: true });
    }

    const first = await api.segments.list({ ...here.inProject, limit: 1 });
    const second = await api.segments.list({ ...here.inProject, limit: 1, after: first.next! });

    expect([first.items[0]?.key, second.items[0]?.key, second.next]).toEqual(["beta", "pros-friends", null]);
    expect((await api.segments.list({ ...here.inProject, q: "& FRIENDS" })).items).toMatchObject([{ flags: 1 }]);
    expect((await api.segments.list({ ...here.inProject, q: "%" })).items).toEqual([]);
  });
});
