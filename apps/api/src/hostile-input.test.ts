import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "./router.ts";
import { call, type FurnishedIds, furnish, validInputs } from "./testing/procedures.ts";
import { createWorld, type World } from "./testing/world.ts";
import { toErrorBody } from "./trpc.ts";

let world: World;
let ids: FurnishedIds;
let inputs: ReturnType<typeof validInputs>;
beforeAll(async () => {
  world = await createWorld();
  ids = await furnish(world);
  inputs = validInputs(world, ids);
});
afterAll(() => world.close());

const SLICES = /^(audit|evaluations|flags|identities|identityOverrides|live|overrides|revisions|segments|tags|usage|variants)\./;

async function outcomeOf(path: string, input: unknown, who: "editor" | "stranger" | "nobody" = "editor"): Promise<string> {
  try {
    await call(world.callerAs(who), path, input);
    return "ok";
  } catch (error) {
    return error instanceof TRPCError ? toErrorBody(error).code : `threw ${String(error)}`;
  }
}

describe("every procedure of flags, segments, identities, tags and history", () => {
  it("is in the table that these tests go through", () => {
    const ours = Object.keys(appRouter._def.procedures).filter((path) => SLICES.test(path));

    expect(Object.keys(inputs).sort()).toEqual(ours.sort());
  });

  it("finds nothing for somebody of another organisation", async () => {
    for (const [path, input] of Object.entries(inputs)) {
      expect([path, await outcomeOf(path, input, "stranger")]).toEqual([path, "not_found"]);
    }
  });

  it("finds nothing by ids and keys of another organisation's things, used in one's own", async () => {
    const place = { organisation: world.foreign.slug, project: "own", environment: "production" };
    await world.callerAs("stranger").projects.create({ organisation: place.organisation, name: "Own" });
    const byIdOrKey = Object.entries(inputs).filter(([, input]) =>
      ["flag", "id", "segment", "identifier"].some((field) => field in input),
    );

    for (const [path, input] of byIdOrKey) {
      // These take no foreign thing by its key: one makes it, the others only filter or stand outside of projects.
      if (path === "identities.create" || path.startsWith("audit.")) continue;
      const { environment: _, ...inProject } = { ...input, ...place };
      const own = "environment" in input ? { ...input, ...place } : inProject;
      expect([path, await outcomeOf(path, own, "stranger")]).toEqual([path, "not_found"]);
    }
  });

  it("asks somebody who is not signed in to do so", async () => {
    for (const [path, input] of Object.entries(inputs)) {
      expect([path, await outcomeOf(path, input, "nobody")]).toEqual([path, "unauthenticated"]);
    }
  });

  it("refuses a field it does not know", async () => {
    for (const [path, input] of Object.entries(inputs)) {
      expect([path, await outcomeOf(path, { ...input, colr: 1 })]).toEqual([path, "invalid"]);
    }
  });

  it("answers any input, however hostile, and never with an error of its own", async () => {
    const paths = Object.keys(inputs).filter((path) => !/delete|archive/.test(path));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), hostile, async (path, place, value) => {
        const outcome = await outcomeOf(path, mutate(inputs[path]!, place, value));

        expect([path, outcome]).not.toEqual([path, "internal"]);
        expect(outcome).not.toMatch(/^threw/);
      }),
      { numRuns: 1_500, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);

  it("still answers every valid input after that", async () => {
    const again = await createWorld({ database: world.database });
    const fresh = validInputs(again, await furnish(again));

    for (const [path, input] of Object.entries(fresh)) {
      const { expectedVersion: _, expected: __, ...rest } = input;
      await expect(call(again.callerAs("editor"), path, rest), path).resolves.not.toThrow();
    }
  });
});

const deep = (open: string, close: string, levels: number) =>
  JSON.parse(open.repeat(levels) + "1" + close.repeat(levels)) as unknown;

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    ...["", " ", "\0", "a\0b", "\ud800", "__proto__", "constructor", "control", "#1", "a".repeat(3_000), "%", "_", "\\", "'; --"],
    ...[-1, 0, -0, 0.1, 1e-9, 100.0001, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e308, Number.NaN, Number.POSITIVE_INFINITY],
    ...[null, undefined, true, [], {}, [null], new Date(0), 10n, Symbol("x"), () => 1],
    ...["colour", "size", "pros", "ada", "production", "WyJcdTAwMDAiXQ", "IlxcdTAwMDAi", "MTIz", "e30", "IlwwIg"],
    JSON.parse('{"__proto__":{"polluted":true},"a":1}'),
    deep("[", "]", 40),
    deep("[", "]", 9_000),
    deep('{"a":', "}", 3_000),
    Array.from({ length: 200 }, (_, index) => index),
    Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`k${index}`, index])),
    [{ type: "ALL", conditions: [{ operator: "REGEX", property: "x", value: "(?<=a)" }], rules: [] }],
    [{ type: "ALL", conditions: [{ operator: "IN", property: "x", value: ["a\0"] }], rules: [] }],
    [{ variant: "blue", weight: 101 }],
    [{ variant: "nobody", weight: 1 }],
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.double(),
  fc.jsonValue(),
  fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withMap: true, maxDepth: 3 }),
);

const SCOPE = ["organisation", "project", "environment"];

/** One place of the input replaced: a field, or somewhere inside it. Seldom where it is, as that stops everything else. */
function mutate(input: unknown, place: number, value: unknown): unknown {
  if (typeof input !== "object" || input === null) return value;
  const keys = Object.keys(input).filter((key) => place % 10 === 0 || !SCOPE.includes(key));
  const key = keys[place % keys.length];
  if (key === undefined) return value;
  const inner: unknown = (input as Record<string, unknown>)[key];
  const goesDeeper = typeof inner === "object" && inner !== null && place % 3 > 0;
  const next = goesDeeper ? mutate(inner, Math.floor(place / keys.length), value) : value;
  return Array.isArray(input) ? input.with(Number(key), next) : { ...input, [key]: next };
}
