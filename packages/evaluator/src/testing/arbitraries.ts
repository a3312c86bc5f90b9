import fc from "fast-check";
import type { Flag, FlagState, IdentityOverrides, Segment, Snapshot } from "../model.ts";
import { type AttributeValue, type Condition, type Context, OPERATORS, type Operator, RULE_TYPES, type Rule } from "../model.ts";
import { environment, flag, identityOverride, override } from "./world.ts";

/** Everything an evaluation needs. */
export interface Scenario {
  readonly snapshot: Snapshot;
  readonly identityOverrides: readonly IdentityOverrides[];
  readonly context: Context;
}

/** What a test finds interesting: which conditions there are, and whom they are asked about. */
export interface Ground {
  readonly condition: fc.Arbitrary<Condition>;
  readonly context: fc.Arbitrary<Context>;
}

const IDENTIFIERS = ["user-1", "user-2", "ключ", "a,b", "👩‍🚀"];

const weights = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }).map((list) => {
  const sum = list.reduce((total, weight) => total + weight, 0);
  return sum <= 100 ? list : list.map((weight) => (weight * 100) / sum / 1.001);
});

const state = (label: string): fc.Arbitrary<FlagState> =>
  fc.record({
    enabled: fc.boolean(),
    value: fc.constantFrom(label, "", 7, true, null),
    variants: weights.map((list) =>
      list.map((weight, i) => ({ id: i + 1, key: i === 2 ? null : `v${i}`, value: `${label}-${i}`, weight })),
    ),
    seed: fc.nat(9_999).map(String),
  });

const rule = (condition: fc.Arbitrary<Condition>, depth: number): fc.Arbitrary<Rule> =>
  fc.record({
    type: fc.constantFrom(...RULE_TYPES),
    conditions: fc.array(condition, { maxLength: 3 }),
    rules: depth === 0 ? fc.constant([]) : fc.array(rule(condition, depth - 1), { maxLength: 2 }),
  });

const segments = (condition: fc.Arbitrary<Condition>): fc.Arbitrary<Segment[]> =>
  fc
    .array(fc.record({ seed: fc.nat(9_999).map(String), rules: fc.array(rule(condition, 2), { maxLength: 2 }) }), {
      maxLength: 4,
    })
    .map((list) => list.map((given, i) => ({ id: i + 1, key: `s${i}`, name: `segment ${i}`, ...given })));

const flags: fc.Arbitrary<Flag[]> = fc
  .array(
    fc.record({
      valueType: fc.constantFrom("boolean", "string", "number", "json"),
      own: state("own"),
      overrides: fc.uniqueArray(fc.record({ segmentId: fc.integer({ min: 1, max: 4 }), state: state("override") }), {
        maxLength: 3,
        selector: ({ segmentId }) => segmentId,
      }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) =>
    list.map(({ valueType, own, overrides }, i) =>
      flag({
        id: i + 1,
        key: `flag-${i}`,
        valueType,
        ...own,
        overrides: overrides.map(({ segmentId, state }, priority) =>
          override({ id: priority + 1, segmentId, priority, ...state }),
        ),
      }),
    ),
  );

const identityOverrides: fc.Arbitrary<IdentityOverrides[]> = fc.uniqueArray(
  fc.record({
    identifier: fc.constantFrom(...IDENTIFIERS),
    overrides: fc
      .uniqueArray(fc.record({ flagId: fc.integer({ min: 1, max: 4 }), state: state("personal") }), {
        minLength: 1,
        maxLength: 2,
        selector: ({ flagId }) => flagId,
      })
      .map((list) => list.map(({ flagId, state }, i) => identityOverride({ id: i + 1, flagId, ...state }))),
  }),
  { maxLength: 2, selector: ({ identifier }) => identifier },
);

export function scenario(ground: Ground): fc.Arbitrary<Scenario> {
  const snapshot = fc.record({ environment: fc.constant(environment), flags, segments: segments(ground.condition) });
  return fc.record({ snapshot, identityOverrides, context: ground.context });
}

export const identifier = fc.oneof(fc.constantFrom(...IDENTIFIERS), fc.string({ unit: "grapheme", minLength: 1 }));

const NAMES = [
  "plan",
  "age",
  "サイズ",
  "constructor",
  "__proto__",
  "toString",
  "$.environment.name",
  "$.identity.traits.age",
  "a b",
  "",
];
const TEXTS = [
  "pro",
  "free",
  "7",
  "007",
  "-0",
  "12.50",
  "1.0",
  "12345678901234567890",
  "1.2.3",
  "1.2.3-rc.1",
  "true",
  "False",
  "é",
  "👩",
  "ﬀ",
  "",
];
const MORE_TEXTS = [
  "7|0",
  "-3|1",
  "3|-2",
  "0|0",
  '[7,"007"]',
  "[oops",
  "7,pro",
  "1.2.3:semver",
  "x:semver",
  ":semver",
  "^p",
  "p.o",
  "(",
  "[0-9]+$",
  "50",
  " 12.5 ",
  "1e2",
];

const wildText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS, ...MORE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
);

/** Own members only, `__proto__` included. */
const attributes = <T>(name: fc.Arbitrary<string>, value: fc.Arbitrary<T>): fc.Arbitrary<Readonly<Record<string, T>>> =>
  fc.array(fc.tuple(name, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));

const wildValue: fc.Arbitrary<AttributeValue> = fc.oneof(
  wildText,
  fc.constantFrom(0, -0, 7, -7, 12.5, 2 ** 53, 1e21, 1e-7, true, false, null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const PATHS = [
  "$.environment.name",
  "$.identity.identifier",
  "$.identity.key",
  "$.identity.traits.plan",
  "$.identity.traits['a b']",
  "$.nowhere",
  "$.identity",
];

/** Any condition on any context that JSON can carry. */
export const anywhere: Ground = {
  condition: fc.record({
    operator: fc.constantFrom<Operator>(...OPERATORS),
    property: fc.constantFrom(...NAMES, ...PATHS),
    value: fc.oneof({ weight: 5, arbitrary: wildText }, { weight: 1, arbitrary: fc.array(wildText, { maxLength: 3 }) }),
  }),
  context: fc.record(
    { targetingKey: fc.oneof(identifier, wildText), attributes: attributes(fc.constantFrom(...NAMES), wildValue) },
    { requiredKeys: [] },
  ),
};

const properties = {
  text: [
    "plan",
    "サイズ",
    "$.identity.traits.plan",
    "$.identity.traits['a b']",
    "$.identity.identifier",
    "$.identity.key",
    "$.environment.name",
  ],
  number: ["age", "$.identity.traits.age", "weight"],
  flag: ["beta", "$.identity.traits.beta"],
  version: ["app"],
  nothing: ["missing", "$.leads.to.nowhere"],
} as const;
const allProperties = Object.values(properties).flat();
const textProperties = [...properties.text, ...properties.nothing];

const plainText = fc.constantFrom("pro", "free", "tamaño", "Ж", "zz", "a b", "pro max");
const version = fc.constantFrom(
  "1.2.3",
  "1.10.0",
  "2.0.0-rc.1",
  "2.0.0-rc.2",
  "2.0.0-alpha",
  "2.0.0+build",
  "01.2.3",
  "1.2.x",
  "nonsense",
);
const wholeNumber = fc.oneof(fc.constantFrom(1, 7, 18, 42), fc.integer({ min: 1, max: 10_000 }));
const number = fc.oneof(
  wholeNumber,
  wholeNumber.map((n) => n / 4),
);
const numberText = number.map(String);

const on = (names: readonly string[], operators: readonly Operator[], value: fc.Arbitrary<string | readonly string[]>) =>
  fc.record({ operator: fc.constantFrom(...operators), property: fc.constantFrom(...names), value });

const ORDER: readonly Operator[] = ["EQUAL", "GREATER_THAN", "GREATER_THAN_INCLUSIVE", "LESS_THAN", "LESS_THAN_INCLUSIVE"];
const SUBSTRING: readonly Operator[] = ["CONTAINS", "NOT_CONTAINS"];

/** Where both Flagsmith engines agree; the rest are the named differences. */
export const commonGround: Ground = {
  condition: fc.oneof(
    on(textProperties, [...ORDER, "NOT_EQUAL"], plainText),
    on(properties.number, [...ORDER, "NOT_EQUAL"], numberText),
    on(properties.number, ORDER, plainText),
    on(properties.flag, [...ORDER, "NOT_EQUAL"], fc.constantFrom("true", "True", "false", "False", "1", "0", "banana", "")),
    on(
      [...properties.version, ...properties.text, ...properties.number],
      ORDER,
      version.map((text) => `${text}:semver`),
    ),
    on(allProperties, SUBSTRING, fc.constantFrom("p", "ro", "a", "ñ", "1", "user")),
    on(
      [...textProperties, ...properties.number],
      ["REGEX"],
      fc.constantFrom("^p", "^[a-z]+$", "^(free|pro)$", "^user-\\d", "^1", "^\\d+$", "(", "^tama"),
    ),
    on(
      [...textProperties, "age"],
      ["IN"],
      fc.oneof(fc.constantFrom("pro,free", '["pro","7"]', "[pro", "7,18,42", " pro", '"pro"', ""), fc.array(plainText)),
    ),
    on(
      [...properties.number, ...textProperties],
      ["MODULO"],
      fc.constantFrom("2|0", "7|3", "2.5|0", "x|1", "3", "", "1|2|3", "0|0"),
    ),
    on(
      ["", "$.identity.identifier", "$.identity.key", "$.identity.traits.plan", "$.identity.traits.age"],
      ["PERCENTAGE_SPLIT"],
      fc.oneof(numberText, fc.constantFrom("0", "100", "12.5", "many")),
    ),
    on(allProperties, ["IS_SET", "IS_NOT_SET"], plainText),
  ),
  context: fc.record({
    targetingKey: fc
      .oneof(
        identifier,
        fc.nat().map((n) => `user-${n}`),
      )
      .filter((text) => !/^-?[0-9.]+$/.test(text)),
    attributes: fc.record(
      {
        plan: fc.oneof(plainText, fc.constant(null)),
        サイズ: plainText,
        "a b": plainText,
        age: wholeNumber,
        weight: number,
        beta: fc.boolean(),
        app: version,
      },
      { requiredKeys: [] },
    ),
  }),
};
