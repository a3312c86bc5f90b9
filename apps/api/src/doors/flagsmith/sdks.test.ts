import { createFlagsmithInstance } from "@flagsmith/flagsmith/isomorphic";
import { Flagsmith } from "flagsmith-nodejs";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/server.ts";

let door: Door;
const clients: Flagsmith[] = [];
beforeAll(async () => {
  door = await openDoor();
  await door.overrideFor("chosen", door.ids.dark, true);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
afterAll(() => door.close());

function nodeSdk(options: { local: boolean }) {
  const client = new Flagsmith({
    environmentKey: door.serverKey,
    apiUrl: `${door.address}/api/v1/`,
    enableLocalEvaluation: options.local,
    environmentRefreshIntervalSeconds: 0.2,
  });
  clients.push(client);
  return client;
}

const PEOPLE = ["chosen", ...Array.from({ length: 150 }, (_, i) => `person-${i}`)];

it.each([{ local: false }, { local: true }])("serves the Node SDK, %j: defaults, traits, overrides and splits", async (mode) => {
  const client = nodeSdk(mode);

  const defaults = await client.getEnvironmentFlags();
  const professional = await client.getIdentityFlags("ada", { plan: "pro" });
  const chosen = await client.getIdentityFlags("chosen");
  const colours = new Set<unknown>();
  for (const person of PEOPLE) colours.add((await client.getIdentityFlags(person)).getFeatureValue("Banner_Colour"));

  expect(defaults.isFeatureEnabled("checkout")).toBe(true);
  expect(defaults.getFeatureValue("checkout")).toBe("old");
  expect(defaults.isFeatureEnabled("dark")).toBe(false);
  expect(defaults.isFeatureEnabled("secret")).toBe(true);
  expect(professional.getFeatureValue("checkout")).toBe("new");
  expect(professional.allFlags().find((flag) => "featureName" in flag && flag.featureName === "checkout")).toMatchObject({
    reason: "TARGETING_MATCH; segment=professionals",
  });
  expect(chosen.isFeatureEnabled("dark")).toBe(true);
  expect([...colours].sort()).toEqual(["blue", "grey", "red"]);
});

it("gives everybody the same through the Node SDK's own evaluation as through ours", async () => {
  const [remote, local] = [nodeSdk({ local: false }), nodeSdk({ local: true })];

  for (const person of PEOPLE) {
    for (const traits of [undefined, { plan: "pro", age: 7, beta: true }]) {
      const [a, b] = [await remote.getIdentityFlags(person, traits), await local.getIdentityFlags(person, traits)];
      for (const name of ["checkout", "Banner_Colour", "dark", "secret"]) {
        expect(b.isFeatureEnabled(name), `${person} ${name}`).toBe(a.isFeatureEnabled(name));
        // The SDK itself makes null undefined where it asks remotely.
        expect(b.getFeatureValue(name), `${person} ${name}`).toBe(a.getFeatureValue(name) ?? null);
      }
    }
  }
});

it("brings a change to the Node SDK's own evaluation with its next look", async () => {
  const client = nodeSdk({ local: true });
  expect((await client.getEnvironmentFlags()).getFeatureValue("checkout")).toBe("old");

  await door.garden.setFlag(door.node, door.ids.checkout, { enabled: true, value: "changed" });

  await expect
    .poll(async () => (await client.getEnvironmentFlags()).getFeatureValue("checkout"), { timeout: 3_000 })
    .toBe("changed");
  await door.garden.setFlag(door.node, door.ids.checkout, { enabled: true, value: "old" });
});

it("lets Flagsmith's clients decide what can be said to them, and serves the rest as off; remotely all is decided here", async () => {
  const { world } = door.garden;
  const api = world.callerAs("editor");
  const here = world.inEnvironment;
  const rules = (operator: "STARTS_WITH" | "SEMVER_RANGE", property: string, value: string) => [
    { type: "ALL" as const, conditions: [{ operator, property, value }], rules: [] },
  ];
  await api.segments.create({ ...world.inProject, name: "Staff", rules: rules("STARTS_WITH", "email", "staff+") });
  await api.segments.create({ ...world.inProject, name: "Modern", rules: rules("SEMVER_RANGE", "app", "^2.0.0") });
  for (const key of ["said", "unsaid", "needy"]) await api.flags.create({ ...world.inProject, key, enabled: key === "needy" });
  await api.overrides.set({ ...here, flag: "said", segment: "staff", enabled: true });
  await api.overrides.set({ ...here, flag: "unsaid", segment: "modern", enabled: true });
  await api.flags.setPrerequisites({ ...here, flag: "needy", prerequisites: [{ flag: "secret" }] });
  const { version } = await world.environmentNow("production");
  const hub = await door.node.environment(door.garden.environment.id);
  await expect.poll(() => hub.current().version, { timeout: 3_000 }).toBe(version);

  const traits = { email: "staff+ada@example.com", app: "2.4.1" };
  const stateIn = async (local: boolean) => {
    const flags = await nodeSdk({ local }).getIdentityFlags("ada", traits);
    return ["said", "unsaid", "needy"].map((name) => flags.isFeatureEnabled(name));
  };
  expect(await stateIn(true)).toEqual([true, false, false]);
  expect(await stateIn(false)).toEqual([true, true, true]);
  const exactness = async (flag: string) => (await api.flags.get({ ...here, flag })).flagsmith;
  expect(await exactness("said")).toEqual({ exact: true, reasons: [] });
  expect(await exactness("unsaid")).toMatchObject({ exact: false, reasons: [expect.stringContaining("`modern`")] });
  expect(await exactness("needy")).toMatchObject({ exact: false, reasons: ["It requires other flags."] });
  const { items } = await api.flags.list({ ...here, q: "said" });
  const listed = items.map((it) => [it.key, it.states.find((state) => state.environment === "production")?.flagsmithExact]);
  expect(Object.fromEntries(listed)).toEqual({ said: true, unsaid: false });

  await api.flags.setPrerequisites({ ...here, flag: "needy", prerequisites: [{ flag: "secret", enabled: false }] });
  const anonymous = nodeSdk({ local: false });
  await expect
    .poll(async () => (await anonymous.getEnvironmentFlags()).isFeatureEnabled("needy"), { timeout: 3_000 })
    .toBe(false);
});

it("serves the JavaScript SDK: flags, an identity with traits, somebody anonymous, and what it knows of traits", async () => {
  const sdk = createFlagsmithInstance();
  await sdk.init({ environmentID: door.clientKey, api: `${door.address}/api/v1/`, fetch, cacheFlags: false });
  expect([sdk.hasFeature("checkout"), sdk.getValue("checkout"), sdk.hasFeature("dark"), sdk.hasFeature("secret")]).toEqual([
    true,
    "old",
    false,
    false,
  ]);

  await sdk.identify("grace", { plan: "pro", age: 7 });
  expect(sdk.getValue("checkout")).toBe("new");
  expect([sdk.getTrait("plan"), sdk.getTrait("age")]).toEqual(["pro", 7]);
  await sdk.getFlags();
  expect(sdk.getValue("checkout")).toBe("new");

  await sdk.identify("chosen");
  expect(sdk.hasFeature("dark")).toBe(true);

  await sdk.logout();
  await sdk.setContext({ environment: { apiKey: door.clientKey }, identity: { traits: { plan: { value: "pro" } } } });
  expect(sdk.getValue("checkout")).toBe("new");
  expect(sdk.getContext().identity?.identifier).toMatch(/^[0-9a-f]{64}$/);
});
