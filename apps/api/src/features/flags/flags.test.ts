import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

/** A flag `banner` of text with variants a and b at 30 % each. */
async function withBanner() {
  const here = await fresh();
  const api = here.callerAs("editor");
  const variants = [
    { key: "a", value: "A", weight: 30 },
    { key: "b", value: "B", weight: 30 },
  ];
  const banner = await api.flags.create({ ...here.inProject, key: "banner", valueType: "string", value: "control", variants });
  return { here, api, banner, of: { ...here.inProject, flag: "banner" }, ofState: { ...here.inEnvironment, flag: "banner" } };
}

describe("flags.create", () => {
  it("gives every environment the same state, and each of them a revision that says so", async () => {
    const { here, api, banner } = await withBanner();

    expect(banner.states.map((it) => [it.environment, it.enabled, it.value, it.weights])).toEqual(
      ["development", "staging", "production"].map((slug) => [
        slug,
        false,
        "control",
        [
          { variant: "a", weight: 30 },
          { variant: "b", weight: 30 },
        ],
      ]),
    );
    expect(here.announced.slice(-3)).toMatchObject([1, 2, 3].map(() => ({ kind: "flag.created", subjects: ["flag:banner"] })));
    const [last] = (await api.revisions.list({ ...here.inEnvironment, subject: "flag:banner" })).items;
    expect(last).toMatchObject({ actor: "Ed Editor", changes: [{ subject: "flag:banner", path: "", before: null }] });
  });

  it("refuses a key that differs only in case, naming the flag and giving its row", async () => {
    const { here, api } = await withBanner();
    const before = here.announced.length;

    const attempt = api.flags.create({ ...here.inProject, key: "Banner" });

    await expect(attempt).rejects.toMatchObject({
      code: "CONFLICT",
      message: containing("`banner`"),
      cause: { details: { current: { key: "banner" } } },
    });
    expect(here.announced).toHaveLength(before);
  });

  it.each([
    ["a boolean flag with a value", { value: "x" }, "value"],
    ["a boolean flag with variants", { variants: [{ key: "a", value: "x", weight: 1 }] }, "variants.0.value"],
    ["text for a number", { valueType: "number", value: "1" }, "value"],
    ["a number for text", { valueType: "string", value: 1 }, "value"],
    ["a variant of another type", { valueType: "string", variants: [{ key: "a", value: 1, weight: 1 }] }, "variants.0.value"],
    ["a variant called control", { valueType: "json", variants: [{ key: "control", value: 1, weight: 1 }] }, "variants.0.key"],
    [
      "two variants of one key",
      {
        valueType: "json",
        variants: [
          { key: "a", value: 1, weight: 1 },
          { key: "a", value: 2, weight: 1 },
        ],
      },
      "variants.1.key",
    ],
    [
      "more than 100 percent",
      {
        valueType: "json",
        variants: [
          { key: "a", value: 1, weight: 60 },
          { key: "b", value: 2, weight: 60 },
        ],
      },
      "variants",
    ],
    ["a tag that does not exist", { tags: ["none"] }, "tags.0"],
  ] as const)("refuses %s, naming the field, and makes nothing", async (_, wish, path) => {
    const key = `refused-${path.replace(/\W/g, "-")}`;
    const input = { ...world.inProject, key, ...wish } as Parameters<ReturnType<World["callerAs"]>["flags"]["create"]>[0];

    await expect(world.callerAs("editor").flags.create(input)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { details: { fields: [{ path }] } },
    });
    await expect(world.callerAs("editor").flags.get({ ...world.inEnvironment, flag: key })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("keeps text that looks like a number text", async () => {
    const here = await fresh();

    const made = await here
      .callerAs("editor")
      .flags.create({ ...here.inProject, key: "code", valueType: "string", value: "0123" });

    expect(made.states.map((it) => it.value)).toEqual(["0123", "0123", "0123"]);
  });
});

describe("flags.setEnabled", () => {
  it("says what it should be: the second call with the same word makes no revision", async () => {
    const { here, api, ofState } = await withBanner();
    await api.flags.setEnabled({ ...ofState, enabled: true });
    const before = here.announced.length;

    const again = await api.flags.setEnabled({ ...ofState, enabled: true });

    expect(again.state.enabled).toBe(true);
    expect(here.announced).toHaveLength(before);
  });

  it("changes one environment and leaves the others", async () => {
    const { api, ofState } = await withBanner();

    const flag = await api.flags.setEnabled({ ...ofState, enabled: true, comment: "Launch" });

    expect(flag.states.map((it) => it.enabled)).toEqual([false, false, true]);
    const [last] = (await api.revisions.list(ofStateless(ofState))).items;
    expect(last).toMatchObject({
      kind: "flag.state",
      comment: "Launch",
      changes: [{ subject: "flag:banner", path: "enabled", before: false, after: true }],
    });
    expect(flag.lastChange).toMatchObject({ actor: "Ed Editor", version: flag.version });
  });

  it("refuses a version at which the flag was another, and gives the row as it is", async () => {
    const { api, ofState } = await withBanner();
    const seen = await api.flags.get(ofState);
    await api.flags.setState({ ...ofState, value: "changed", expectedVersion: seen.version });

    const attempt = api.flags.setEnabled({ ...ofState, enabled: true, expectedVersion: seen.version });

    await expect(attempt).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { details: { current: { key: "banner", state: { enabled: false, value: "changed" } } } },
    });
    expect((await api.flags.get(ofState)).state.enabled).toBe(false);
  });

  it("accepts an older version where only other flags were changed since", async () => {
    const { here, api, ofState } = await withBanner();
    const seen = await api.flags.get(ofState);
    await api.flags.create({ ...here.inProject, key: "unrelated" });

    const flag = await api.flags.setEnabled({ ...ofState, enabled: true, expectedVersion: seen.version });

    expect(flag.state.enabled).toBe(true);
  });
});

const ofStateless = ({ flag: _, ...place }: { organisation: string; project: string; environment: string; flag: string }) =>
  place;

describe("flags.setState", () => {
  it("keeps what is left out, orders weights by variant and gives the unnamed nothing", async () => {
    const { api, ofState } = await withBanner();

    const flag = await api.flags.setState({ ...ofState, weights: [{ variant: "b", weight: 33.3339 }] });

    expect(flag.state).toEqual({
      enabled: false,
      value: "control",
      weights: [
        { variant: "a", weight: 0 },
        { variant: "b", weight: 33.333 },
      ],
    });
  });

  it("refuses a value of another type and a variant the flag has not, naming the field", async () => {
    const { api, ofState } = await withBanner();

    await expect(api.flags.setState({ ...ofState, value: 1 })).rejects.toMatchObject({
      cause: { details: { fields: [{ path: "value" }] } },
    });
    await expect(api.flags.setState({ ...ofState, weights: [{ variant: "z", weight: 1 }] })).rejects.toMatchObject({
      message: containing("`a`, `b`"),
      cause: { details: { fields: [{ path: "weights.0.variant" }] } },
    });
  });
});

describe("flags.update", () => {
  it("makes a revision of what SDKs see, and only an audit event of tags and owners", async () => {
    const { here, api, of } = await withBanner();
    await api.tags.create({ ...here.inProject, label: "shop" });
    await api.flags.update({ ...of, description: "On top of every page" });
    const before = here.announced.length;

    const flag = await api.flags.update({ ...of, tags: ["shop"], owners: [here.actors.editor.userId] });

    expect(flag).toMatchObject({
      description: "On top of every page",
      tags: ["shop"],
      owners: [{ userId: here.actors.editor.userId, name: "Ed Editor" }],
    });
    expect(here.announced).toHaveLength(before);
    const { items } = await api.audit.list({ organisation: here.organisation.slug });
    expect(items.slice(0, 2)).toMatchObject([
      { action: "flag.updated", subject: "flag:banner", project: here.project.slug, environment: null },
      { action: "flag.updated", subject: "flag:banner", project: here.project.slug },
    ]);
  });

  it("refuses an owner who is no member and a tag that does not exist, and changes nothing", async () => {
    const { here, api, of } = await withBanner();

    const stranger = api.flags.update({ ...of, description: "x", owners: [here.actors.stranger.userId] });
    const tagless = api.flags.update({ ...of, description: "x", tags: ["none"] });

    await expect(stranger).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { details: { fields: [{ path: "owners.0" }] } } });
    await expect(tagless).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { details: { fields: [{ path: "tags.0" }] } } });
    expect((await api.flags.get({ ...here.inEnvironment, flag: "banner" })).description).toBe("");
  });

  it("refuses a version that is too old, by the environment it names", async () => {
    const { here, api, of } = await withBanner();
    const { version } = await api.flags.get({ ...here.inEnvironment, flag: "banner" });
    await api.flags.update({ ...of, description: "first" });

    const attempt = api.flags.update({ ...of, description: "second", expected: { environment: "production", version } });

    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT", cause: { details: { current: { description: "first" } } } });
  });
});

describe("flags.archive", () => {
  it("takes the flag out of every environment and brings it back as it was", async () => {
    const { here, api, of, ofState } = await withBanner();
    await api.flags.setEnabled({ ...ofState, enabled: true });
    await api.identityOverrides.set({ ...ofState, identifier: "ada", enabled: true, value: "own" });
    const before = await api.flags.get(ofState);

    await api.flags.archive({ ...of, archived: true });

    expect(here.announced.at(-1)).toMatchObject({
      kind: "flag.archived",
      delta: { flags: { removed: [before.id] }, identityOverrides: [{ identifier: "ada", overrides: [] }] },
    });
    expect((await api.flags.list(here.inEnvironment)).items).toEqual([]);
    expect((await api.flags.list({ ...here.inEnvironment, archived: true })).items).toMatchObject([{ key: "banner" }]);
    await expect(api.flags.setEnabled({ ...ofState, enabled: false })).rejects.toMatchObject({ code: "CONFLICT" });

    await api.flags.archive({ ...of, archived: false });

    const { version: _, lastChange: __, ...restored } = await api.flags.get(ofState);
    expect(before).toMatchObject(restored);
  });
});

describe("flags.delete", () => {
  it("deletes an archived flag whose key is repeated, and history still knows it", async () => {
    const { here, api, of } = await withBanner();
    await api.flags.archive({ ...of, archived: true });

    await api.flags.delete({ ...of, confirm: "banner" });

    expect((await api.flags.list({ ...here.inEnvironment, archived: true })).items).toEqual([]);
    const kinds = (await api.revisions.list({ ...here.inEnvironment, subject: "flag:banner" })).items.map((it) => it.kind);
    expect(kinds).toEqual(["flag.deleted", "flag.archived", "flag.created"]);
  });

  it("refuses a flag in use and another word than its key", async () => {
    const { api, of } = await withBanner();

    await expect(api.flags.delete({ ...of, confirm: "banner" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(api.flags.delete({ ...of, confirm: "yes" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { details: { fields: [{ path: "confirm" }] } },
    });
  });
});
