import { evaluationCount } from "@halyard/db/schema";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

const HOUR_MS = 3_600_000;
let world: World;
let here: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  here = await createWorld({ database: world.database });
  await here.callerAs("editor").flags.create({ ...here.inProject, key: "banner" });
});

/** Reads `ago` milliseconds before the hour that has begun. */
async function read(flagKey: string, ago: number, reads: { readonly on?: number; readonly off?: number }) {
  const bucket = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - ago);
  const environmentId = here.environments.production.id;
  for (const [enabled, count] of [[true, reads.on] as const, [false, reads.off] as const])
    if (count !== undefined) await here.db.insert(evaluationCount).values({ environmentId, flagKey, bucket, enabled, count });
}

describe("usage.flag", () => {
  it("adds up a day by the hour and state, the hour that has begun last", async () => {
    await read("banner", 0, { on: 5, off: 2 });
    await read("banner", HOUR_MS, { on: 1 });
    await read("banner", HOUR_MS - 15 * 60_000, { on: 3 });
    await read("banner", 23 * HOUR_MS, { off: 7 });
    await read("banner", 24 * HOUR_MS, { on: 100 });

    const { buckets, stepMinutes } = await here.callerAs("editor").usage.flag({ ...here.inEnvironment, flag: "banner" });

    expect([buckets.length, stepMinutes]).toEqual([24, 60]);
    expect(buckets.map(({ on, off }) => [on, off]).filter(([on, off]) => on !== 0 || off !== 0)).toEqual([
      [0, 7],
      [4, 0],
      [5, 2],
    ]);
    expect(buckets.at(-1)).toMatchObject({ on: 5, off: 2 });
    expect(Date.parse(buckets.at(-1)?.at ?? "") % HOUR_MS).toBe(0);
  });

  it("covers a week in steps of six hours", async () => {
    await read("banner", 6 * 24 * HOUR_MS, { on: 9 });

    const week = await here.callerAs("editor").usage.flag({ ...here.inEnvironment, flag: "banner", period: "7d" });

    expect(week).toMatchObject({ stepMinutes: 360, buckets: { length: 28 } });
    expect(week.buckets.reduce((total, { on }) => total + on, 0)).toBe(9);
  });

  it("does not find a flag that is not there, refuses another period, and is closed to strangers", async () => {
    const api = here.callerAs("editor");
    const wish = { ...here.inEnvironment, flag: "banner" };

    await expect(api.usage.flag({ ...wish, flag: "none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(api.usage.flag({ ...wish, period: "1y" as "7d" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(here.callerAs("stranger").usage.flag(wish)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("usage.flags", () => {
  it("tells of the flags that were read, of no other environment's reads, and of no name that is no flag", async () => {
    await read("banner", 0, { on: 5, off: 2 });
    await read("banner", 2 * HOUR_MS, { on: 1 });
    await read("mistyped", 0, { off: 40 });

    const { flags, from, stepMinutes } = await here.callerAs("editor").usage.flags(here.inEnvironment);

    expect(flags.map(({ flag }) => flag)).toEqual(["banner"]);
    expect(flags[0]?.counts).toHaveLength(24);
    expect(flags[0]?.counts.slice(-3)).toEqual([1, 0, 7]);
    expect(Date.parse(from) + 24 * stepMinutes * 60_000).toBeGreaterThan(Date.now());
    const elsewhere = await here.callerAs("editor").usage.flags({ ...here.inEnvironment, environment: "staging" });
    expect(elsewhere.flags).toEqual([]);
    await expect(here.callerAs("stranger").usage.flags(here.inEnvironment)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
