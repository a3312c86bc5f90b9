import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { appRouter } from "../router.ts";
import { call } from "../testing/procedures.ts";
import { createWorld, type World } from "../testing/world.ts";
import { type Meta, toErrorBody } from "../trpc.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

interface Definition {
  readonly _def: { readonly meta?: Meta; readonly inputs: readonly unknown[] };
}
const procedures = Object.entries(appRouter._def.procedures as unknown as Readonly<Record<string, Definition>>);

const PLACES = ["organisation", "project", "environment"];

/** Procedures that work inside an organisation, with the names of their places. */
const placed = procedures.flatMap(([path, { _def }]) => {
  const input = _def.inputs.at(-1);
  if (!_def.meta?.access || !("needs" in _def.meta.access) || !(input instanceof z.ZodObject)) return [];
  return [{ path, fields: PLACES.filter((it) => it in input.shape) }];
});

/** Here a place is a filter: a foreign one finds an empty page. */
const FILTERS = new Set(["audit.list"]);

async function outcome(path: string, input: unknown): Promise<string> {
  try {
    await call(world.callerAs("owner"), path, input);
    return "ok";
  } catch (error) {
    return error instanceof TRPCError ? toErrorBody(error).code : `threw ${String(error)}`;
  }
}

it("S-TEN-1: knows where every procedure works, but for those listed as open", () => {
  const open = procedures.flatMap(([path, { _def }]) => (_def.meta?.access && "why" in _def.meta.access ? [path] : []));

  expect([...open, ...placed.map((it) => it.path)].sort()).toEqual(procedures.map(([path]) => path).sort());
  expect(placed.filter((it) => it.fields[0] !== "organisation")).toEqual([]);
});

it("S-TEN-1, S-TEN-2: finds nothing by any foreign name in the place of an own one, and changes no row of the other", async () => {
  const stranger = world.callerAs("stranger");
  const organisation = world.foreign.slug;
  await stranger.projects.create({ organisation, name: "Theirs", environments: ["Theirs only"] });
  const foreign: Record<string, string> = { organisation, project: "theirs", environment: "theirs-only" };
  const state = async () =>
    JSON.stringify([await stranger.projects.list({ organisation }), await stranger.audit.list({ organisation })]);
  const before = await state();

  for (const { path, fields } of placed) {
    for (const field of fields) {
      // What is optional in the input is asked for only once the rest is right, so this place is right.
      const input = {
        ...Object.fromEntries(fields.map((it) => [it, (world.inEnvironment as Record<string, string>)[it]])),
        [field]: foreign[field],
      };
      if (FILTERS.has(path) && field !== "organisation") continue;
      expect(["not_found", "invalid"], `${path} ${field}`).toContain(await outcome(path, input));
      const level = (procedures.find(([it]) => it === path)?.[1]._def.meta?.access as { level: string }).level;
      const isPlaceOfTheProcedure = PLACES.indexOf(field) <= Math.max(0, PLACES.indexOf(level));
      if (isPlaceOfTheProcedure) expect([path, field, await outcome(path, input)]).toEqual([path, field, "not_found"]);
    }
  }
  expect(await state()).toBe(before);
});
