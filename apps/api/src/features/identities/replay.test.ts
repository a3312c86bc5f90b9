import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
let api: ReturnType<World["callerAs"]>;
beforeAll(async () => {
  world = await createWorld();
  api = world.callerAs("editor");
  const variants = [{ key: "blue", value: "#00f", weight: 50 }];
  await api.flags.create({ ...world.inProject, key: "colour", valueType: "string", value: "red", enabled: true, variants });
  await api.segments.create({
    ...world.inProject,
    name: "Vip",
    rules: [{ type: "ALL", conditions: [{ operator: "IN", property: "id", value: ["7", "8"] }], rules: [] }],
  });
  await api.overrides.set({ ...world.inEnvironment, flag: "colour", segment: "vip", enabled: true, value: "gold", weights: [] });
});
afterAll(() => world.close());

const ada = { targetingKey: "ada", attributes: { id: "7", teams: ["a", "b"] } };
const decide = () => api.evaluations.explain({ ...world.inEnvironment, flag: "colour", ...ada });
const replay = (token: string, context: { targetingKey?: string; attributes?: Record<string, string | string[]> } = ada) =>
  api.evaluations.replay({ ...world.inEnvironment, token, ...context });

it("makes a decision once more as it was made, whatever was changed since, deleted segments included", async () => {
  const then = await decide();
  await api.segments.editList({ ...world.inProject, segment: "vip", path: [0, 0], removed: ["7"] });
  await api.segments.delete({ ...world.inProject, segment: "vip", force: true });
  await api.flags.setState({ ...world.inEnvironment, flag: "colour", enabled: false });

  const again = await replay(then.token);

  expect(again).toEqual({ ...then, matches: true, differences: [] });
  expect(again.outcome).toMatchObject({ value: "gold", segment: "Vip", reason: "TARGETING_MATCH" });
  expect((await decide()).outcome).toMatchObject({ enabled: false, reason: "DISABLED", source: "environment" });
});

it("says what would come out otherwise than the token claims", async () => {
  const { token, outcome } = await decide();

  const again = await replay(token.replace(/[^~]+$/, "SPLIT"));

  expect(again).toMatchObject({
    matches: false,
    differences: [{ what: "reason", then: "SPLIT", again: outcome.reason }],
  });
});

it("takes the same attributes in any order, and no other ones", async () => {
  const { token } = await decide();

  expect(await replay(token, { attributes: { teams: ["a", "b"], id: "7" }, targetingKey: "ada" })).toMatchObject({
    matches: true,
  });
  for (const other of [{}, { ...ada, targetingKey: "bob" }, { ...ada, attributes: { id: "7" } }]) {
    await expect(replay(token, other)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringMatching(/another context/) as unknown,
    });
  }
});

it("finds no decision of another environment, and refuses what is no token", async () => {
  const { token } = await decide();

  await expect(api.evaluations.replay({ ...world.inEnvironment, environment: "staging", token, ...ada })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(replay(token.replace(/:\d+:/, ":99999:"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(replay("nonsense")).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
