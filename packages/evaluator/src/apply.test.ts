import fc from "fast-check";
import { expect, it } from "vitest";
import { apply } from "./changes.ts";
import { type Changes, compile, type Delta, evaluate, evaluateAll, type Flag, identityOverridesOf, segmentsOf } from "./index.ts";
import { anywhere, type Scenario, scenario } from "./testing/arbitraries.ts";
import { everything } from "./testing/everything.ts";
import { environment, flag, identityOverride, override, segment, snapshot } from "./testing/world.ts";
import { parseDelta } from "./validate.ts";

const pro = { operator: "EQUAL", property: "plan", value: "pro" } as const;
const free = { ...pro, value: "free" };

it("gives the same answers as compiling the result anew", () => {
  fc.assert(
    fc.property(
      scenario(anywhere),
      scenario(anywhere),
      fc.array(anywhere.context, { minLength: 1, maxLength: 5 }),
      (before, after, contexts) => {
        const anew = compileScenario(after);

        const applied = apply(compileScenario(before), between(before, after));

        expect(applied.snapshot).toEqual(after.snapshot);
        expect(byIdentifier(identityOverridesOf(applied))).toEqual(byIdentifier(after.identityOverrides));
        for (const context of contexts) {
          expect([...evaluateAll(applied, context)]).toEqual([...evaluateAll(anew, context)]);
          expect(segmentsOf(applied, context)).toEqual(segmentsOf(anew, context));
        }
      },
    ),
  );
});

it("gives the same answers as compiling anew when some flags change where they are", () => {
  fc.assert(
    fc.property(scenario(anywhere), fc.array(fc.nat()), (before, picks) => {
      const { flags } = before.snapshot;
      const upserted = picks.flatMap((pick) => flags.slice(pick % (flags.length + 1)).slice(0, 1)).map(turned);
      const changedFlags = flags.map((flag) => upserted.find(({ id }) => id === flag.id) ?? flag);
      const anew = compileScenario({ ...before, snapshot: { ...before.snapshot, flags: changedFlags } });

      const applied = apply(compileScenario(before), { flags: { upserted, removed: [] } });

      expect(applied.snapshot).toEqual(anew.snapshot);
      expect([...evaluateAll(applied, before.context)]).toEqual([...evaluateAll(anew, before.context)]);
      expect(segmentsOf(applied, before.context)).toEqual(segmentsOf(anew, before.context));
    }),
  );
});

it("changes nothing when applied a second time", () => {
  fc.assert(
    fc.property(scenario(anywhere), scenario(anywhere), (before, after) => {
      const delta = between(before, after);
      const once = apply(compileScenario(before), delta);

      const twice = apply(once, delta);

      expect(twice.snapshot).toEqual(once.snapshot);
      expect(evaluateAll(twice, after.context).outcomes).toEqual(evaluateAll(once, after.context).outcomes);
      for (const [i, outcome] of evaluateAll(once, after.context).outcomes.entries())
        expect(evaluateAll(twice, after.context).outcomes[i]).toBe(outcome);
    }),
  );
});

it("leaves the environment it was applied to as it was", () => {
  const before = compile(snapshot({ flags: [flag()] }));

  apply(before, { flags: { upserted: [flag({ value: "new" })], removed: [] } });

  expect(evaluate(before, "flag", {}).value).toBe("off-the-shelf");
});

it("keeps the very same answer for a flag that another flag's change does not touch", () => {
  const before = compile(snapshot({ flags: [flag(), flag({ id: 2, key: "other" })] }));

  const after = apply(before, { flags: { upserted: [flag({ id: 2, key: "other", value: "new" })], removed: [] } });

  expect(evaluate(after, "flag", {})).toBe(evaluate(before, "flag", {}));
  expect(evaluate(after, "other", {})).not.toBe(evaluate(before, "other", {}));
});

it("keeps the very same answer for those whom a change of their own flag does not touch", () => {
  const value = { price: 9, tags: ["a"] };
  const before = compile(
    snapshot({ flags: [flag({ valueType: "json", value, overrides: [override()] })], segments: [segment([pro])] }),
  );

  const after = apply(before, {
    flags: {
      upserted: [flag({ valueType: "json", value: { tags: ["a"], price: 9 }, overrides: [override({ value: "new" })] })],
      removed: [],
    },
  });

  expect(evaluate(after, "flag", {})).toBe(evaluate(before, "flag", {}));
  expect(evaluate(after, "flag", { attributes: { plan: "pro" } }).value).toBe("new");
});

it("decides by a segment's new rules, with the same answers for those who stay on their side", () => {
  const before = compile(snapshot({ flags: [flag({ overrides: [override()] })], segments: [segment([pro])] }));

  const after = apply(before, { segments: { upserted: [segment([free])], removed: [] } });

  const [payer, other] = [{ attributes: { plan: "pro" } }, { attributes: { plan: "free" } }];
  expect(evaluate(after, "flag", payer)).toBe(evaluate(before, "flag", other));
  expect(evaluate(after, "flag", other)).toBe(evaluate(before, "flag", payer));
  expect(evaluate(after, "flag", {})).toBe(evaluate(before, "flag", {}));
});

it("ignores overrides of a segment while it is removed", () => {
  const before = compile(snapshot({ flags: [flag({ overrides: [override()] })], segments: [segment([pro])] }));
  const payer = { attributes: { plan: "pro" } };

  const without = apply(before, { segments: { upserted: [], removed: [1] } });
  const again = apply(without, { segments: { upserted: [segment([pro])], removed: [] } });

  expect(evaluate(without, "flag", payer).value).toBe("off-the-shelf");
  expect(evaluate(again, "flag", payer).value).toBe("overridden");
});

it("replaces one identity's overrides and removes them with an empty list", () => {
  const before = compile(snapshot({ flags: [flag()] }), {
    identityOverrides: ["u1", "u2"].map((identifier) => ({ identifier, overrides: [identityOverride()] })),
  });
  const answer = evaluate(before, "flag", { targetingKey: "u1" });

  const same = apply(before, { identityOverrides: [{ identifier: "u1", overrides: [identityOverride()] }] });
  const removed = apply(same, { identityOverrides: [{ identifier: "u1", overrides: [] }] });

  expect(evaluate(same, "flag", { targetingKey: "u1" })).toBe(answer);
  expect(evaluate(removed, "flag", { targetingKey: "u1" }).value).toBe("off-the-shelf");
  expect(evaluate(removed, "flag", { targetingKey: "u2" }).value).toBe("personal");
  expect(identityOverridesOf(removed).map(({ identifier }) => identifier)).toEqual(["u2"]);
});

it("keeps flags and segments ascending by id, and finds a flag under its new key", () => {
  const before = compile(snapshot({ flags: [flag({ id: 5, key: "e" }), flag({ id: 9, key: "i" })] }));

  const after = apply(before, {
    environment: { ...environment, name: "Renamed" },
    flags: { upserted: [flag({ id: 7, key: "g" }), flag({ id: 5, key: "E" })], removed: [9] },
  });

  expect(after.snapshot.flags.map(({ id }) => id)).toEqual([5, 7]);
  expect(after.snapshot.environment.name).toBe("Renamed");
  expect(evaluate(after, "E", {}).reason).toBe("DEFAULT");
  expect(evaluate(after, "e", {}).errorCode).toBe("FLAG_NOT_FOUND");
});

it("is parsed as it was written", () => {
  fc.assert(
    fc.property(scenario(anywhere), scenario(anywhere), (before, after) => {
      const delta: unknown = JSON.parse(JSON.stringify(between(before, after)));

      expect(parseDelta(delta)).toEqual({ ok: true, delta });
    }),
  );
});

function turned(flag: Flag): Flag {
  return { ...flag, enabled: !flag.enabled, overrides: flag.overrides.slice(1) };
}

function compileScenario(given: Scenario) {
  return compile(given.snapshot, { identityOverrides: given.identityOverrides, ...everything });
}

function between(before: Scenario, after: Scenario): Delta {
  const kept = new Set(after.identityOverrides.map(({ identifier }) => identifier));
  const gone = before.identityOverrides.filter(({ identifier }) => !kept.has(identifier));
  return {
    environment: after.snapshot.environment,
    flags: changes(before.snapshot.flags, after.snapshot.flags),
    segments: changes(before.snapshot.segments, after.snapshot.segments),
    identityOverrides: [...after.identityOverrides, ...gone.map(({ identifier }) => ({ identifier, overrides: [] }))],
  };
}

function changes<T extends { readonly id: number }>(before: readonly T[], after: readonly T[]): Changes<T> {
  const kept = new Set(after.map(({ id }) => id));
  return {
    upserted: after.filter((entry) => JSON.stringify(before.find(({ id }) => id === entry.id)) !== JSON.stringify(entry)),
    removed: before.map(({ id }) => id).filter((id) => !kept.has(id)),
  };
}

function byIdentifier<T extends { readonly identifier: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((entry) => [entry.identifier, entry]));
}
