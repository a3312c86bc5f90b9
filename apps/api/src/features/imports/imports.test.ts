import { type Evaluation, evaluateAll } from "@halyard/evaluator";
import { BaseOfflineHandler, Flagsmith } from "flagsmith-nodejs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// The environment builder is not among the package's exports.
import { buildEnvironmentModel } from "../../../../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/environments/util.js";
import { createWorld } from "../../testing/world.ts";
import { compileEnvironment, readSnapshot } from "../revisions/index.ts";
import dashboardFlags from "../sample/dashboard-flags.json" with { type: "json" };
import { environmentDocument } from "./testing/environment-document.ts";

type World = Awaited<ReturnType<typeof createWorld>>;
let first: World;
beforeAll(async () => {
  first = await createWorld();
});
afterAll(() => first.close());
const newWorld = () => createWorld({ database: first.database });

const run = (world: World, input: object) => world.callerAs("admin").imports.run({ ...world.inProject, ...input } as never);
const flagsOf = async (world: World) => (await readSnapshot(world.db, world.environments.production.id)).snapshot.flags;

/** What Flagsmith would show: a boolean flag has no value there. */
const valueOf = (it: Evaluation | undefined) => (it?.valueType === "boolean" ? null : it?.value);

describe("the flag list", () => {
  it("takes all 12 names of the published list and reports the second `integration_data`", async () => {
    const world = await newWorld();

    const report = await run(world, { data: dashboardFlags });

    expect(report).toMatchObject({ format: "flag-list", dryRun: false, created: 12, updated: 0, skipped: 1 });
    expect(report.entries.find((it) => it.action === "skipped")).toMatchObject({
      path: "[3]",
      name: "integration_data",
      note: expect.stringContaining("first one was kept") as string,
    });
    const flags = await flagsOf(world);
    expect(flags).toHaveLength(12);
    expect(flags.find((it) => it.key === "integration_data")?.value).toBe(dashboardFlags[2]?.value);
    expect(flags.find((it) => it.key === "try_it")).toMatchObject({ valueType: "boolean", enabled: false });
  });

  it("gives the second of a name a free one on request", async () => {
    const world = await newWorld();

    const report = await run(world, { data: dashboardFlags, duplicates: "rename" });

    expect(report).toMatchObject({ created: 13, skipped: 0 });
    expect((await flagsOf(world)).map((it) => it.key)).toContain("integration_data-2");
  });

  it("changes nothing in a dry run, and reports the same", async () => {
    const world = await newWorld();
    const before = await readSnapshot(world.db, world.environments.production.id);

    const dry = await run(world, { data: dashboardFlags, dryRun: true });

    expect(await readSnapshot(world.db, world.environments.production.id)).toEqual(before);
    const real = await run(world, { data: dashboardFlags });
    expect(dry).toEqual({ ...real, dryRun: true });
  });

  it("leaves flags that exist as they are, and says so", async () => {
    const world = await newWorld();
    await run(world, { data: [{ name: "limit", value: "5" }] });

    const report = await run(world, { data: [{ name: "LIMIT", value: "6" }] });

    expect(report).toMatchObject({ created: 0, skipped: 1 });
    expect((await flagsOf(world)).map((it) => [it.key, it.value])).toEqual([["limit", "5"]]);
  });

  it("overwrites them on request, as one revision in each environment", async () => {
    const world = await newWorld();
    await run(world, { data: [{ name: "limit", value: "5" }] });
    const revisions = world.announced.length;

    await run(world, { data: [{ name: "limit", value: "6" }], existing: "overwrite" });

    expect((await flagsOf(world))[0]?.value).toBe("6");
    expect(world.announced.slice(revisions).map((it) => it.kind)).toEqual(["import", "import", "import"]);
  });
});

describe("Flagsmith's feature export", () => {
  it("takes states, values and options, and says that buckets cannot be kept", async () => {
    const world = await newWorld();
    const data = [
      {
        name: "banner",
        default_enabled: false,
        is_server_key_only: true,
        initial_value: "a",
        value: "b",
        type: "STANDARD",
        enabled: true,
      },
      {
        name: "price",
        default_enabled: false,
        initial_value: 9,
        value: 9,
        enabled: true,
        multivariate: [{ value: 12, type: "int", percentage_allocation: 30, default_percentage_allocation: 0 }],
      },
    ];

    const report = await run(world, { data, environment: "production" });

    expect(report).toMatchObject({ format: "flagsmith-features", created: 2 });
    expect(report.notes.join(" ")).toContain("buckets cannot be kept");
    const [banner, price] = await flagsOf(world);
    expect(banner).toMatchObject({ key: "banner", serverOnly: true, enabled: true, value: "b" });
    expect(price).toMatchObject({ valueType: "number", value: 9, variants: [{ key: "option-1", value: 12, weight: 30 }] });
    const { snapshot } = await readSnapshot(world.db, world.environments.staging.id);
    expect(snapshot.flags[0]).toMatchObject({ enabled: false, value: "a" });
  });
});

describe("Flagsmith's environment document", () => {
  it("answers everybody as Flagsmith's own local evaluation of the document does", async () => {
    const world = await newWorld();
    const document = environmentDocument();
    const model = buildEnvironmentModel(document);
    const offlineHandler = Object.assign(new BaseOfflineHandler(), { getEnvironment: () => model });
    const flagsmith = new Flagsmith({ offlineMode: true, offlineHandler });

    const report = await run(world, { data: document });

    expect(report.skipped).toBe(0);
    const [environment] = await world
      .callerAs("admin")
      .environments.list(world.inProject)
      .then((list) => list.filter((it) => it.name === "Imported"));
    const { snapshot, identityOverrides } = await readSnapshot(world.db, environment?.id ?? 0);
    const compiled = compileEnvironment({ snapshot, identityOverrides });
    for (let n = 0; n < 300; n++) {
      const traits = { age: n % 60, plan: n % 2 === 0 ? "pro" : "free" };
      const theirs = await flagsmith.getIdentityFlags(`user-${n}`, traits);
      const ours = evaluateAll(compiled, { targetingKey: `user-${n}`, attributes: traits });
      for (const flag of snapshot.flags) {
        expect([flag.key, n, valueOf(ours.get(flag.key)), ours.get(flag.key)?.enabled]).toEqual([
          flag.key,
          n,
          theirs.getFeatureValue(flag.key) ?? null,
          theirs.isFeatureEnabled(flag.key),
        ]);
      }
    }
  });

  it("keeps the client-side key, and refuses the same document again without changing anything", async () => {
    const world = await newWorld();
    const document = environmentDocument();
    await run(world, { data: document });
    const revisions = world.announced.length;

    await expect(run(world, { data: document, environmentName: "Again" })).rejects.toMatchObject({ code: "CONFLICT" });

    expect(world.announced).toHaveLength(revisions);
    const environments = await world.callerAs("admin").environments.list(world.inProject);
    expect(environments.map((it) => it.name)).not.toContain("Again");
    const keys = await world.callerAs("admin").environmentKeys.list({ ...world.inProject, environment: "imported" });
    expect(keys.map((it) => it.preview)).toContain(document.api_key);
  });

  it("lets flags and segments be made afterwards without taking an imported seed", async () => {
    const world = await newWorld();
    const document = environmentDocument();
    await run(world, { data: document });

    const more = await run(world, { data: Array.from({ length: 50 }, (_, n) => ({ name: `later-${n}` })) });

    expect(more.created).toBe(50);
  });
});

describe("a wrong file", () => {
  it.each([
    ["neither form", { hello: 1 }, "format"],
    ["a list of texts", ["a"], "data.0"],
    ["a nameless entry", [{ value: "x" }], "data.0.name"],
    ["null", null, "neither"],
  ])("is refused with the place that is wrong: %s", async (_name, data, place) => {
    await expect(run(first, { data })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining(place) as string,
    });
  });

  it("is not taken from a member or a stranger", async () => {
    const input = { ...first.inProject, data: [] } as never;

    await expect(first.callerAs("editor").imports.run(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(first.callerAs("stranger").imports.run(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
