import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

async function withBanner() {
  const here = await fresh();
  const api = here.callerAs("editor");
  const variants = [
    { key: "a", value: "A", weight: 40 },
    { key: "b", value: "B", weight: 40 },
  ];
  const banner = await api.flags.create({ ...here.inProject, key: "banner", valueType: "string", value: "control", variants });
  for (const name of ["One", "Two", "Three"]) await api.segments.create({ ...here.inProject, name, rules: [] });
  const ofState = { ...here.inEnvironment, flag: "banner" };
  return { here, api, banner, of: { ...here.inProject, flag: "banner" }, ofState };
}

const order = (flag: { segmentOverrides: { segment: { key: string }; priority: number }[] }) =>
  flag.segmentOverrides.map((it) => `${it.priority} ${it.segment.key}`);

describe("variants", () => {
  it("joins every environment behind the others, with its default weight", async () => {
    const { api, of } = await withBanner();

    const flag = await api.variants.create({ ...of, key: "c", value: "C", defaultWeight: 20 });

    for (const state of flag.states) {
      expect(state.weights.map((it) => [it.variant, it.weight])).toEqual([
        ["a", 40],
        ["b", 40],
        ["c", 20],
      ]);
    }
  });

  it("refuses a weight that does not fit, by default or in one environment", async () => {
    const { here, api, of, ofState } = await withBanner();
    const weights = [
      { variant: "a", weight: 50 },
      { variant: "b", weight: 45 },
    ];
    await api.flags.setState({ ...ofState, weights });
    const before = here.announced.length;

    await expect(api.variants.create({ ...of, key: "c", value: "C", defaultWeight: 30 })).rejects.toMatchObject({
      cause: { details: { fields: [{ path: "defaultWeight" }] } },
    });
    await expect(api.variants.create({ ...of, key: "c", value: "C", defaultWeight: 10 })).rejects.toMatchObject({
      message: containing("production"),
    });
    expect(here.announced).toHaveLength(before);
    expect((await api.flags.get(ofState)).variants).toHaveLength(2);
  });

  it("refuses `control`, a key that is taken, a value of another type, and a boolean flag", async () => {
    const { here, api, of, banner } = await withBanner();
    await api.flags.create({ ...here.inProject, key: "plain" });

    await expect(api.variants.create({ ...of, key: "control", value: "x" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(api.variants.create({ ...of, key: "a", value: "x" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(api.variants.update({ ...of, id: banner.variants[0]!.id, key: "b" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(api.variants.create({ ...of, key: "c", value: 1 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(api.variants.create({ ...of, flag: "plain", key: "c", value: true })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });

  it("changes a variant wherever it is given, overrides of identities too", async () => {
    const { here, api, of, ofState, banner } = await withBanner();
    await api.identityOverrides.set({ ...ofState, identifier: "ada", enabled: true, weights: [{ variant: "a", weight: 100 }] });

    await api.variants.update({ ...of, id: banner.variants[0]!.id, key: "first", value: "AA" });

    const { outcomes } = await api.identities.get({ ...here.inEnvironment, identifier: "ada" });
    expect(outcomes).toMatchObject([{ flag: "banner", variant: "first", value: "AA", source: "identity" }]);
    expect(here.announced.at(-1)?.delta.identityOverrides).toMatchObject([{ identifier: "ada" }]);
  });

  it("deletes a variant with its share everywhere", async () => {
    const { api, of, ofState, banner } = await withBanner();
    await api.overrides.set({ ...ofState, segment: "one", enabled: true });
    await api.identityOverrides.set({ ...ofState, identifier: "ada", enabled: true });

    await api.variants.delete({ ...of, id: banner.variants[0]!.id });

    const flag = await api.flags.get(ofState);
    const places = [flag.state, ...flag.segmentOverrides, ...flag.identityOverrides, ...flag.states];
    expect(places).toHaveLength(6);
    for (const place of places) expect(place.weights).toEqual([{ variant: "b", weight: 40 }]);
    await expect(api.variants.delete({ ...of, id: banner.variants[0]!.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("overrides", () => {
  it("begins a new override with the environment's value and weights, and keeps them when only the state is set", async () => {
    const { api, ofState } = await withBanner();

    const first = await api.overrides.set({ ...ofState, segment: "one", enabled: true });
    await api.flags.setState({ ...ofState, value: "changed", weights: [] });
    const second = await api.overrides.set({ ...ofState, segment: "one", enabled: false });

    const weights = [
      { variant: "a", weight: 40 },
      { variant: "b", weight: 40 },
    ];
    expect(first.segmentOverrides).toMatchObject([{ enabled: true, value: "control", weights }]);
    expect(second.segmentOverrides).toMatchObject([{ enabled: false, value: "control", weights }]);
  });

  it("keeps priorities gapless while overrides come, move and go", async () => {
    const { api, ofState } = await withBanner();
    for (const segment of ["one", "two"]) await api.overrides.set({ ...ofState, segment, enabled: true });

    expect(order(await api.overrides.set({ ...ofState, segment: "three", enabled: true, priority: 0 }))).toEqual([
      "0 three",
      "1 one",
      "2 two",
    ]);
    expect(order(await api.overrides.set({ ...ofState, segment: "three", enabled: true, priority: 99 }))).toEqual([
      "0 one",
      "1 two",
      "2 three",
    ]);
    expect(order(await api.overrides.reorder({ ...ofState, segments: ["two", "three", "one"] }))).toEqual([
      "0 two",
      "1 three",
      "2 one",
    ]);
    expect(order(await api.overrides.delete({ ...ofState, segment: "two" }))).toEqual(["0 three", "1 one"]);
  });

  it("shows in history what moved, by the segments' names", async () => {
    const { here, api, ofState } = await withBanner();
    for (const segment of ["one", "two"]) await api.overrides.set({ ...ofState, segment, enabled: true });

    await api.overrides.reorder({ ...ofState, segments: ["two", "one"] });

    const [last] = (await api.revisions.list(here.inEnvironment)).items;
    expect(last).toMatchObject({
      kind: "override.reordered",
      changes: [
        { subject: "flag:banner", path: "overrides.one.priority", before: 0, after: 1 },
        { subject: "flag:banner", path: "overrides.two.priority", before: 1, after: 0 },
      ],
    });
  });

  it("refuses an order that is not all of them, a segment that does not exist and an override that is not there", async () => {
    const { api, ofState } = await withBanner();
    for (const segment of ["one", "two"]) await api.overrides.set({ ...ofState, segment, enabled: true });

    for (const segments of [["one"], ["one", "one"], ["one", "two", "three"], []]) {
      await expect(api.overrides.reorder({ ...ofState, segments })).rejects.toMatchObject({
        code: "BAD_REQUEST",
        message: containing("`one`, `two`"),
      });
    }
    await expect(api.overrides.set({ ...ofState, segment: "none", enabled: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(api.overrides.delete({ ...ofState, segment: "three" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("refuses a version at which the flag was another", async () => {
    const { api, ofState } = await withBanner();
    const { version } = await api.flags.get(ofState);
    await api.overrides.set({ ...ofState, segment: "one", enabled: true });

    const attempt = api.overrides.set({ ...ofState, segment: "two", enabled: true, expectedVersion: version });

    await expect(attempt).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { details: { current: { segmentOverrides: [{ segment: { key: "one" } }] } } },
    });
  });
});
