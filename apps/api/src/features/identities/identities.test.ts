import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

async function withFlag() {
  const here = await fresh();
  const api = here.callerAs("editor");
  await api.flags.create({ ...here.inProject, key: "banner", valueType: "string", value: "plain" });
  await api.segments.create({
    ...here.inProject,
    name: "Pros",
    rules: [{ type: "ALL", conditions: [{ operator: "EQUAL", property: "plan", value: "pro" }], rules: [] }],
  });
  await api.overrides.set({ ...here.inEnvironment, flag: "banner", segment: "pros", enabled: true, value: "gold" });
  return { here, api, ada: { ...here.inEnvironment, identifier: "ada" } };
}

describe("identities.get", () => {
  it("says what an identity gets and why, from the write just made", async () => {
    const { api, ada } = await withFlag();
    await api.identities.create({ ...ada, traits: { plan: "basic" } });
    expect((await api.identities.get(ada)).outcomes).toMatchObject([{ value: "plain", enabled: false, source: "environment" }]);

    const asPro = await api.identities.setTrait({ ...ada, key: "plan", value: "pro" });
    expect(asPro).toMatchObject({
      traitValues: { plan: "pro" },
      segments: [{ key: "pros", name: "Pros" }],
      outcomes: [{ flag: "banner", value: "gold", enabled: true, reason: "TARGETING_MATCH", source: "segment", segment: "Pros" }],
    });

    const listed = await api.identities.setTrait({ ...ada, key: "teams", value: ["shop", "web"] });
    expect(listed.traitValues).toEqual({ plan: "pro", teams: ["shop", "web"] });

    const own = await api.identityOverrides.set({ ...ada, flag: "banner", enabled: true, value: "own" });
    expect(own.outcomes).toMatchObject([{ value: "own", source: "identity", segment: null }]);
    expect(own.flagOverrides).toMatchObject([{ flag: "banner", enabled: true, value: "own" }]);

    const back = await api.identityOverrides.delete({ ...ada, flag: "banner" });
    expect(back.outcomes).toMatchObject([{ value: "gold", source: "segment" }]);
    expect((await api.identities.deleteTrait({ ...ada, key: "plan" })).outcomes).toMatchObject([{ value: "plain" }]);
  });

  it("does not find one that is unknown, or known in another environment only", async () => {
    const { api, ada } = await withFlag();
    await api.identities.create({ ...ada, environment: "staging" });

    await expect(api.identities.get(ada)).rejects.toMatchObject({ code: "NOT_FOUND", message: containing("`ada`") });
    await expect(api.identities.setTrait({ ...ada, key: "plan", value: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("identities.create", () => {
  it("refuses one that exists and more traits than there is room for", async () => {
    const { api, ada } = await withFlag();
    await api.identities.create({ ...ada, traits: { plan: "pro" } });
    const traits = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`trait-${index}`, index]));

    await expect(api.identities.create(ada)).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { details: { current: { traitValues: { plan: "pro" } } } },
    });
    await expect(api.identities.create({ ...ada, identifier: "bob", traits })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { details: { fields: [{ path: "traits" }] } },
    });
  });

  it("keeps a trait called __proto__ apart from the object it is read into", async () => {
    const { api, ada } = await withFlag();
    await api.identities.create(ada);

    const detail = await api.identities.setTrait({ ...ada, key: "__proto__", value: "x" });

    expect([detail.traits, Object.getPrototypeOf(detail.traitValues)]).toEqual([1, Object.prototype]);
  });
});

describe("identities.list", () => {
  it("pages from the newest, finds part of an identifier, and exactly one in double quotes", async () => {
    const { api, here } = await withFlag();
    for (const identifier of ["a%b", "a%bc", "axb"]) await api.identities.create({ ...here.inEnvironment, identifier });
    const found = async (q: string) => (await api.identities.list({ ...here.inEnvironment, q })).items.map((it) => it.identifier);

    const first = await api.identities.list({ ...here.inEnvironment, limit: 2 });
    const second = await api.identities.list({ ...here.inEnvironment, limit: 2, after: first.next! });

    expect([...first.items, ...second.items].map((it) => it.identifier)).toEqual(["axb", "a%bc", "a%b"]);
    expect(second.next).toBeNull();
    expect(await found("A%B")).toEqual(["a%bc", "a%b"]);
    expect(await found('"a%b"')).toEqual(["a%b"]);
    expect(await found('"a"')).toEqual([]);
  });
});

describe("identities.delete", () => {
  it("forgets one whose overrides SDKs know by a revision, and one without by an audit event", async () => {
    const { api, here, ada } = await withFlag();
    await api.identityOverrides.set({ ...ada, flag: "banner", enabled: true });
    await api.identities.create({ ...ada, identifier: "bob", traits: { plan: "pro" } });

    await api.identities.delete(ada);
    expect(here.announced.at(-1)).toMatchObject({
      kind: "identity.deleted",
      delta: { identityOverrides: [{ identifier: "ada", overrides: [] }] },
    });
    const before = here.announced.length;
    await api.identities.delete({ ...ada, identifier: "bob" });

    expect(here.announced).toHaveLength(before);
    expect((await api.identities.list(here.inEnvironment)).items).toEqual([]);
    const { items } = await api.audit.list({ organisation: here.organisation.slug, limit: 2 });
    expect(items.map((it) => [it.action, it.subject])).toEqual([
      ["identity.deleted", "identity:bob"],
      ["identity.deleted", "identity:ada"],
    ]);
    await expect(api.identities.delete(ada)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("identityOverrides", () => {
  it("makes the identity where it is unknown, and is found in the history of both", async () => {
    const { api, here, ada } = await withFlag();

    await api.identityOverrides.set({ ...ada, flag: "banner", enabled: true, value: "own" });

    for (const subject of ["flag:banner", "identity:ada"]) {
      const [last] = (await api.revisions.list({ ...here.inEnvironment, subject })).items;
      expect(last).toMatchObject({ kind: "identity-override.set", changes: [{ subject: "identity:ada", before: null }] });
    }
  });

  it("gives exactly the value that is named, and the environment's shares where none is", async () => {
    const { api, here, ada } = await withFlag();
    const variants = [{ key: "a", value: 1, weight: 100 }];
    await api.flags.create({ ...here.inProject, key: "size", valueType: "number", value: 0, variants });
    const outcome = async (wish: { value?: number }) => {
      const set = await api.identityOverrides.set({ ...ada, flag: "size", enabled: true, ...wish });
      return set.outcomes.find((it) => it.flag === "size")?.value;
    };

    expect(await outcome({})).toBe(1);
    expect(await outcome({ value: 7 })).toBe(7);
  });

  it("writes nothing for the same override again, and refuses an old version, an archived flag and what is not there", async () => {
    const { api, here, ada } = await withFlag();
    const { version } = await api.flags.get({ ...here.inEnvironment, flag: "banner" });
    await api.identityOverrides.set({ ...ada, flag: "banner", enabled: true });
    const before = here.announced.length;

    await api.identityOverrides.set({ ...ada, flag: "banner", enabled: true });

    expect(here.announced).toHaveLength(before);
    await expect(
      api.identityOverrides.set({ ...ada, flag: "banner", enabled: false, expectedVersion: version }),
    ).rejects.toMatchObject({ code: "CONFLICT", cause: { details: { current: { identifier: "ada" } } } });
    await expect(api.identityOverrides.delete({ ...ada, identifier: "bob", flag: "banner" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(api.identityOverrides.set({ ...ada, flag: "none", enabled: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await api.flags.archive({ ...here.inProject, flag: "banner", archived: true });
    await expect(api.identityOverrides.set({ ...ada, flag: "banner", enabled: true })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

describe("evaluations.run", () => {
  it("tries a context and stores nothing of it", async () => {
    const { api, here } = await withFlag();

    const pro = await api.evaluations.run({ ...here.inEnvironment, targetingKey: "eve", attributes: { plan: "pro" } });
    const nobody = await api.evaluations.run(here.inEnvironment);

    expect(pro).toMatchObject({ segments: [{ key: "pros" }], outcomes: [{ flag: "banner", value: "gold" }] });
    expect(nobody).toMatchObject({ segments: [], outcomes: [{ flag: "banner", value: "plain" }] });
    expect((await api.identities.list(here.inEnvironment)).items).toEqual([]);
  });
});
