import type { Database } from "@halyard/db";
import { openTestDatabase, testPostgresUrl } from "@halyard/db/testing";
import { evaluate } from "@halyard/evaluator";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { EnvironmentState } from "../delivery/index.ts";
import { createGarden, type Garden } from "../delivery/testing/garden.ts";

const MANY = 100_000;
const customer = (number: number) => `customer-${String(number).padStart(6, "0")}`;

let database: Database;
let garden: Garden;
let api: ReturnType<Garden["world"]["callerAs"]>;
beforeAll(async () => {
  database = await openTestDatabase(testPostgresUrl ? "postgres" : "pglite");
  garden = await createGarden(database);
  api = garden.world.callerAs("editor");
  const value = Array.from({ length: MANY }, (_, number) => customer(number));
  await api.segments.create({ ...garden.world.inProject, name: "Big", rules: [listOf(value)] });
  await api.flags.create({ ...garden.world.inProject, key: "perk" });
  await api.overrides.set({ ...garden.world.inEnvironment, flag: "perk", segment: "big", enabled: true });
}, 120_000);
afterAll(async () => {
  await garden.close();
  await database.close();
});

const listOf = (value: string[]) => ({
  type: "ALL" as const,
  conditions: [{ operator: "IN" as const, property: "id", value }],
  rules: [],
});
const big = () => ({ ...garden.world.inProject, segment: "big" });
const has = ({ compiled }: EnvironmentState, id: string) => evaluate(compiled, "perk", { attributes: { id } }).enabled;

it("edits one item of a hundred thousand by less than 2 kB, and another node sees it", async () => {
  const node = garden.createNode();
  const hub = await node.environment(garden.environment.id);
  expect([has(hub.current(), customer(7)), has(hub.current(), "newcomer")]).toEqual([true, false]);
  const changed = new Promise<{ after: EnvironmentState; bytes: number }>((resolve) =>
    hub.subscribe(({ after, delta }) => resolve({ after, bytes: JSON.stringify(delta).length })),
  );

  const edited = await api.segments.editList({ ...big(), path: [0, 0], added: ["newcomer"], removed: [customer(7)] });

  expect(edited).toMatchObject({ count: MANY, added: 1, removed: 1, version: 2 });
  const announced = garden.world.announced.at(-1);
  expect(announced?.delta.segmentLists).toEqual([
    {
      segmentId: expect.any(Number) as number,
      from: 1,
      to: 2,
      lists: [{ path: [0, 0], added: ["newcomer"], removed: [customer(7)] }],
    },
  ]);
  expect(JSON.stringify(announced).length).toBeLessThan(2_048);
  const { after, bytes } = await changed;
  expect(bytes).toBeLessThan(2_048);
  expect([has(after, customer(7)), has(after, "newcomer"), has(after, customer(8))]).toEqual([false, true, true]);
}, 60_000);

it("shows the beginning of a long list, and pages through the rest", async () => {
  const detail = await api.segments.get(big());
  expect(JSON.stringify(detail).length).toBeLessThan(40_000);
  expect(detail.longLists).toEqual([{ path: [0, 0], count: MANY }]);
  expect(detail.rules[0]?.conditions[0]?.value).toHaveLength(1_000);

  const first = await api.segments.listItems({ ...big(), path: [0, 0], q: "customer-00001", limit: 6 });
  const second = await api.segments.listItems({ ...big(), path: [0, 0], q: "customer-00001", limit: 6, after: first.next! });

  expect([...first.items, ...second.items]).toEqual(Array.from({ length: 10 }, (_, number) => customer(10 + number)));
  expect([first.count, second.next]).toEqual([MANY, null]);
});

it("keeps a long list that the caller has not read, while other rules change", async () => {
  const { rules, version } = await api.segments.get(big());

  const updated = await api.segments.update({
    ...big(),
    rules: [listOf(["first"]), ...rules],
    keptLists: [{ path: [1, 0], from: [0, 0] }],
    expectedVersion: version,
  });

  expect(updated.longLists).toEqual([{ path: [1, 0], count: MANY }]);
  const { changes } = await api.revisions.get({
    ...garden.world.inEnvironment,
    version: (await garden.world.environmentNow("production")).version,
  });
  expect(JSON.stringify(changes).length).toBeLessThan(4_096);
});

it("makes no revision where nothing is added or removed", async () => {
  const before = garden.world.announced.length;

  const edited = await api.segments.editList({ ...big(), path: [0, 0], added: ["first"], removed: ["stranger"] });

  expect(edited).toMatchObject({ added: 0, removed: 0, count: 1 });
  expect(garden.world.announced).toHaveLength(before);
});

it.each([
  [{ path: [5, 0] }, /no condition at `rules\.5\.conditions\.0`/],
  [{ path: [0] }, /place of a rule/],
  [{ path: [0, 0], added: ["x"], removed: ["x"] }, /leave it out of one/],
])("refuses %j", async (wish, message) => {
  await expect(api.segments.editList({ ...big(), added: ["a"], ...wish })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringMatching(message) as unknown,
  });
});

it("answers a stale version with the segment as it is", async () => {
  await expect(api.segments.editList({ ...big(), path: [0, 0], added: ["b"], expectedVersion: 1 })).rejects.toMatchObject({
    code: "CONFLICT",
    cause: { details: { current: { key: "big" } } },
  });
});
