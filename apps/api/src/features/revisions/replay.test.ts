import { revision, snapshotCheckpoint } from "@halyard/db/schema";
import { type CompiledEnvironment, compile, identityOverridesOf } from "@halyard/evaluator";
import { apply } from "@halyard/evaluator/apply";
import { asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { call } from "../../testing/procedures.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { chainHash, parseBody, resolveDeltas } from "./body.ts";
import { readSnapshot } from "./snapshot.queries.ts";
import { readEnvironmentAt } from "./snapshot-at.queries.ts";
import { toStoredSnapshot } from "./stored-snapshot.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const environments = ["development", "production"] as const;
const flag = fc.constantFrom("text", "text", "json", "json", "plain", "extra");
const segment = fc.constantFrom("pros", "locals", "others");
const environment = fc.constantFrom(...environments);
const identifier = fc.constantFrom("ada", "bob", "cy");
const variant = fc.constantFrom("a", "b", "c");
const value = fc.constantFrom("x", "y", "z", "123", "", null, 7);
const enabled = fc.boolean();
const weights = fc.option(fc.uniqueArray(fc.record({ variant, weight: fc.nat(33) }), { selector: (it) => it.variant }), {
  nil: undefined,
});
const optionalValue = fc.option(value, { nil: undefined });
const plan = fc.constantFrom("pro", "basic", "free");
const plans = fc.uniqueArray(plan);
const condition = fc.oneof(
  plan.map((value) => ({ operator: "EQUAL", property: "plan", value })),
  plans.map((value) => ({ operator: "IN", property: "plan", value })),
);
const rules = condition.map((it) => [{ type: "ALL", conditions: [it], rules: [] }]);
const bucketBy = fc.constantFrom(undefined, null, "company");
const force = fc.boolean();

/** Often refused, as a sequence knows nothing of what came before; what is refused must leave no trace. */
const arbitraries: Readonly<Record<string, fc.Arbitrary<Readonly<Record<string, unknown>>>>> = {
  "flags.create": fc.record({ key: flag, valueType: fc.constantFrom("boolean", "string", "json"), enabled }),
  "flags.update": fc.record({ flag, description: fc.constantFrom("", "one", "two"), serverOnly: enabled }),
  "flags.setEnabled": fc.record({ environment, flag, enabled }),
  "flags.setState": fc.record({ environment, flag, enabled, value: optionalValue, weights, bucketBy }),
  "flags.setPrerequisites": fc.record({
    environment,
    flag,
    prerequisites: fc.uniqueArray(fc.record({ flag, enabled, variant: fc.constantFrom(undefined, "a", "control") }), {
      selector: (it) => it.flag,
      maxLength: 2,
    }),
  }),
  "flags.archive": fc.record({ flag, archived: fc.boolean() }),
  "flags.delete": flag.map((key) => ({ flag: key, confirm: key })),
  "variants.create": fc.record({ flag, key: variant, value, defaultWeight: fc.nat(20) }),
  "variants.update": fc.record({ flag, id: variant, key: variant, value: optionalValue }),
  "variants.delete": fc.record({ flag, id: variant }),
  "overrides.set": fc.record({
    environment,
    flag,
    segment,
    enabled,
    value: optionalValue,
    weights,
    bucketBy,
    priority: fc.option(fc.nat(3), { nil: undefined }),
  }),
  "overrides.delete": fc.record({ environment, flag, segment }),
  "overrides.reorder": fc.record({ environment, flag, segments: fc.shuffledSubarray(["pros", "locals", "others"]) }),
  "segments.create": fc.record({ name: fc.constantFrom("Pros", "Locals", "Others"), key: segment, rules }),
  "segments.update": fc.record({ segment, name: fc.constantFrom("Pros", "Professionals"), rules, description: fc.string() }),
  "segments.editList": fc.record({ segment, path: fc.constantFrom([0, 0], [0, 0], [1, 0]), added: plans, removed: plans }),
  "segments.delete": fc.record({ segment, force }),
  "identityOverrides.set": fc.record({ environment, identifier, flag, enabled, value: optionalValue, weights }),
  "identityOverrides.delete": fc.record({ environment, identifier, flag }),
  "identities.delete": fc.record({ environment, identifier }),
  "environments.update": fc.record({ environment, hideDisabledFlags: fc.boolean(), description: fc.string() }),
};
const step = fc.oneof(...Object.entries(arbitraries).map(([path, input]) => input.map((given) => ({ path, given }))));

it("gives by its deltas exactly what the tables hold, whatever is done in whatever order", async () => {
  let written = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      const here = await createWorld({ database: world.database });
      await furnish(here);
      const states = new Map<number, CompiledEnvironment>();
      for (const slug of environments) states.set(here.environments[slug].id, await readCompiled(here, slug));
      let heard = here.announced.length;
      const past = new Map<string, unknown>();

      for (const { path, given } of steps) {
        await attempt(here, path, given);

        for (const it of here.announced.slice(heard)) {
          const state = states.get(it.environmentId);
          if (state) states.set(it.environmentId, apply(state, it.delta));
        }
        for (const slug of environments) {
          const replayed = states.get(here.environments[slug].id);
          expect(contentOf(replayed), `${path} ${JSON.stringify(given)}`).toEqual(contentOf(await readCompiled(here, slug)));
          const { version } = await here.environmentNow(slug);
          if (!past.has(`${slug}@${version}`) && version % 10 === 0) await writeCheckpoint(here, slug);
          past.set(`${slug}@${version}`, contentOf(replayed));
        }
        written += here.announced.length - heard;
        heard = here.announced.length;
      }
      await expectWholeLog(here);
      for (const [name, content] of past) {
        const [slug, version] = name.split("@");
        const { id } = await here.environmentNow(slug ?? "");
        expect(contentOf(await readEnvironmentAt(here.db, id, Number(version))), name).toEqual(content);
      }
    }),
    { numRuns: 4, interruptAfterTimeLimit: 50_000 },
  );
  expect(written).toBeGreaterThan(20);
}, 150_000);

async function furnish(here: World): Promise<void> {
  const api = here.callerAs("editor");
  const variants = [
    { key: "a", value: "A", weight: 30 },
    { key: "b", value: "B", weight: 30 },
  ];
  await api.flags.create({ ...here.inProject, key: "text", valueType: "string", value: "t", variants });
  await api.flags.create({ ...here.inProject, key: "json", valueType: "json", value: { a: 1 } });
  await api.flags.create({ ...here.inProject, key: "plain" });
  const conditions = [{ operator: "IN" as const, property: "plan", value: ["pro"] }];
  for (const name of ["Pros", "Locals"]) {
    await api.segments.create({ ...here.inProject, name, rules: [{ type: "ALL", conditions, rules: [] }] });
  }
  for (const segment of ["pros", "locals"]) {
    await api.overrides.set({ ...here.inEnvironment, flag: "text", segment, enabled: true });
  }
  await api.identityOverrides.set({ ...here.inEnvironment, flag: "text", identifier: "ada", enabled: true });
}

async function attempt(here: World, path: string, given: Readonly<Record<string, unknown>>): Promise<void> {
  const input: Record<string, unknown> = { ...here.inProject, ...given };
  // Variants are named here and asked for by id there.
  if (path.startsWith("variants.") && "id" in given) input["id"] = await variantId(here, given);
  try {
    await call(here.callerAs(path.startsWith("environments.") ? "admin" : "editor"), path, input);
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(BAD_REQUEST|NOT_FOUND|CONFLICT)$/) as unknown });
  }
}

async function variantId(here: World, { flag, id }: Readonly<Record<string, unknown>>): Promise<number> {
  const page = await here.callerAs("editor").flags.list(here.inEnvironment);
  return page.items.find((it) => it.key === flag)?.variants.find((it) => it.key === id)?.id ?? 2_000_000_000;
}

async function readCompiled(here: World, slug: (typeof environments)[number]): Promise<CompiledEnvironment> {
  const { snapshot, identityOverrides } = await readSnapshot(here.db, here.environments[slug].id);
  return compile(snapshot, { identityOverrides });
}

/** One comes by itself every hundred versions. */
async function writeCheckpoint(here: World, slug: (typeof environments)[number]): Promise<void> {
  const { id, version } = await here.environmentNow(slug);
  const body = JSON.stringify(toStoredSnapshot(await readSnapshot(here.db, id)));
  await here.db.insert(snapshotCheckpoint).values({ environmentId: id, version, body });
}

function contentOf(state: CompiledEnvironment | undefined) {
  const personal = state ? identityOverridesOf(state) : [];
  return { ...state?.snapshot, personal: [...personal].sort((a, b) => (a.identifier < b.identifier ? -1 : 1)) };
}

/** Versions without a gap, each hash over the stored bytes and the hash before, and the log from nothing gives the end. */
async function expectWholeLog(here: World): Promise<void> {
  for (const slug of environments) {
    const head = await here.environmentNow(slug);
    const rows = await here.db.select().from(revision).where(eq(revision.environmentId, head.id)).orderBy(asc(revision.version));
    let previous = "";
    for (const [index, row] of rows.entries()) {
      expect([row.version, row.previousHash]).toEqual([index + 1, previous]);
      expect(row.hash).toBe(chainHash(previous, row.body));
      previous = row.hash;
    }
    expect([head.version, head.headHash]).toEqual([rows.length, previous]);
    const deltas = await resolveDeltas(
      here.db,
      rows.map((row) => parseBody(row.body).delta),
    );
    const { environment } = (await readCompiled(here, slug)).snapshot;
    const replayed = deltas.reduce(apply, compile({ environment, flags: [], segments: [] }));
    expect(contentOf(replayed)).toEqual(contentOf(await readCompiled(here, slug)));
  }
}
