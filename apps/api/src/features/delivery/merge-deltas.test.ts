import { type Changes, compile, type Delta, type Flag, identityOverridesOf, type Segment } from "@halyard/evaluator";
import { apply } from "@halyard/evaluator/apply";
import fc from "fast-check";
import { expect, it } from "vitest";
import { mergeDeltas } from "./merge-deltas.ts";

const flagOf = ({ id, enabled }: { id: number; enabled: boolean }): Flag => ({
  id,
  key: `flag-${id}`,
  valueType: "boolean",
  enabled,
  value: null,
  variants: [],
  seed: String(id),
  serverOnly: false,
  overrides: [],
  metadata: { description: null, createdAt: "2026-01-01T00:00:00.000Z", defaultEnabled: false, defaultValue: null },
});
const segmentOf = ({ id, name }: { id: number; name: string }): Segment => ({
  id,
  key: `s-${id}`,
  name,
  seed: String(id),
  rules: [],
});

const ids = fc.integer({ min: 1, max: 4 });
/** Distinct ids; each is either replaced or removed. */
const changes = <T extends { id: number }>(entry: fc.Arbitrary<T>): fc.Arbitrary<Changes<T>> =>
  fc.uniqueArray(fc.tuple(entry, fc.boolean()), { selector: ([it]) => it.id, maxLength: 4 }).map((list) => ({
    upserted: list.filter(([, isKept]) => isKept).map(([it]) => it),
    removed: list.filter(([, isKept]) => !isKept).map(([it]) => it.id),
  }));

const settings = (name: string) => ({
  id: 1,
  name,
  bucketingKey: "b",
  project: { id: 1, name: "p" },
  organisation: { id: 1, name: "o" },
  hideDisabledFlags: false,
  allowClientTraits: true,
  hideSensitiveData: false,
});

const deltas: fc.Arbitrary<Delta[]> = fc.array(
  fc.record(
    {
      environment: fc.string().map(settings),
      flags: changes(fc.record({ id: ids, enabled: fc.boolean() }).map(flagOf)),
      segments: changes(fc.record({ id: ids, name: fc.string() }).map(segmentOf)),
      identityOverrides: fc.uniqueArray(
        fc.record({
          identifier: fc.constantFrom("ada", "bob", "eve"),
          overrides: fc.uniqueArray(
            fc.record({
              id: ids,
              flagId: ids,
              enabled: fc.boolean(),
              value: fc.constant(null),
              variants: fc.constant([]),
              seed: fc.constant("1"),
            }),
            { selector: (it) => it.flagId },
          ),
        }),
        { selector: (it) => it.identifier },
      ),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 8 },
);

it("one merged delta leads where its parts lead one after another, also when it is applied twice", () => {
  const start = compile({
    environment: settings("start"),
    flags: [1, 2].map((id) => flagOf({ id, enabled: false })),
    segments: [segmentOf({ id: 1, name: "one" })],
  });
  const content = (environment: typeof start) => ({
    ...environment.snapshot,
    overrides: [...identityOverridesOf(environment)].sort((a, b) => (a.identifier < b.identifier ? -1 : 1)),
  });
  fc.assert(
    fc.property(deltas, (list) => {
      const oneByOne = list.reduce((environment, delta) => apply(environment, delta), start);
      const merged = mergeDeltas(list);

      expect(content(apply(start, merged))).toEqual(content(oneByOne));
      expect(content(apply(apply(start, merged), merged))).toEqual(content(oneByOne));
    }),
  );
});
