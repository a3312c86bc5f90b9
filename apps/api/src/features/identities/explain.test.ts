import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function withOverride() {
  const here = await createWorld({ database: world.database });
  const api = here.callerAs("editor");
  await api.flags.create({ ...here.inProject, key: "banner", valueType: "string", value: "plain", enabled: true });
  const conditions = [
    { operator: "EQUAL" as const, property: "plan", value: "pro" },
    { operator: "PERCENTAGE_SPLIT" as const, property: "", value: "100" },
  ];
  await api.segments.create({ ...here.inProject, name: "Pros", rules: [{ type: "ALL", conditions, rules: [] }] });
  await api.overrides.set({ ...here.inEnvironment, flag: "banner", segment: "pros", enabled: true, value: "gold" });
  return { here, api, question: { ...here.inEnvironment, flag: "banner", targetingKey: "eve" } };
}

describe("evaluations.explain", () => {
  it("shows each step with what was compared, and decides as evaluations.run", async () => {
    const { here, api, question } = await withOverride();
    const attributes = { plan: "pro" };

    const explained = await api.evaluations.explain({ ...question, attributes });

    const { outcomes, version } = await api.evaluations.run({ ...here.inEnvironment, targetingKey: "eve", attributes });
    expect(explained).toMatchObject({ version, outcome: outcomes[0] });
    expect(explained.outcome).toMatchObject({ flag: "banner", value: "gold", source: "segment" });
    expect(explained.steps).toMatchObject([
      { source: "identity", applies: false, decided: false },
      {
        source: "segment",
        applies: true,
        decided: true,
        segment: { key: "pros", name: "Pros" },
        rules: [
          {
            type: "ALL",
            matches: true,
            conditions: [
              { operator: "EQUAL", property: "plan", value: "pro", given: "pro", matches: true, split: null },
              { operator: "PERCENTAGE_SPLIT", matches: true, split: { limit: 100 } },
            ],
          },
        ],
      },
      { source: "environment", applies: true, decided: false },
    ]);
    expect((await api.identities.list(here.inEnvironment)).items).toEqual([]);
  });

  it("shows the variant that an identity falls into, from the write just made", async () => {
    const { api, here, question } = await withOverride();
    const variants = [{ key: "bold", value: "loud", weight: 100 }];
    await api.flags.create({ ...here.inProject, key: "style", valueType: "string", value: "quiet", variants });

    const { steps } = await api.evaluations.explain({ ...question, flag: "style" });

    expect(steps).toMatchObject([
      { source: "identity" },
      {
        source: "environment",
        decided: true,
        placement: { arms: [{ variant: "bold", from: 0, below: 100, isHit: true }] },
      },
    ]);
  });

  it("does not find an unknown flag, nor for people of another organisation", async () => {
    const { api, here, question } = await withOverride();

    await expect(api.evaluations.explain({ ...question, flag: "none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(here.callerAs("stranger").evaluations.explain(question)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
