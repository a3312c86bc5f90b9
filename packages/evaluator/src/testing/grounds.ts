import fc from "fast-check";
import { type AttributeScalar, type AttributeValue, type Condition, type Context, OPERATORS, type Operator } from "../model.ts";

/** What a test finds interesting: which conditions there are, and whom they are asked about. */
export interface Ground {
  readonly condition: fc.Arbitrary<Condition>;
  readonly context: fc.Arbitrary<Context>;
  /** Whether flags have what Flagsmith has not: prerequisites, rollouts by any property, a clock. */
  readonly beyondFlagsmith: boolean;
}

export const IDENTIFIERS = ["user-1", "user-2", "ключ", "a,b", "👩‍🚀"];

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
  "İstanbul",
  "ΑΣ",
  "2026-03-01",
  "2026-03-01T09:00:00+02:00",
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
  "PRO",
  "ας",
  "$.now",
  "^1.2",
  ">=1.0.0 <2.0.0-rc.9",
  "1767225600000",
];

const wildText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS, ...MORE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
);

/** Own members only, `__proto__` included. */
const attributes = <T>(name: fc.Arbitrary<string>, value: fc.Arbitrary<T>): fc.Arbitrary<Readonly<Record<string, T>>> =>
  fc.array(fc.tuple(name, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));

const wildScalar: fc.Arbitrary<AttributeScalar> = fc.oneof(
  wildText,
  fc.constantFrom(0, -0, 7, -7, 12.5, 2 ** 53, 1e21, 1e-7, 1_767_225_600_000, true, false, null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const wildValue: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 5, arbitrary: wildScalar },
  { weight: 1, arbitrary: fc.array(wildScalar, { maxLength: 3 }) },
);

const PATHS = [
  "$.environment.name",
  "$.identity.identifier",
  "$.identity.key",
  "$.identity.traits.plan",
  "$.identity.traits['a b']",
  "$.nowhere",
  "$.now",
  "$.identity",
];

/** Around the dates above. */
export const moment = fc
  .integer({ min: -1, max: 1 })
  .chain((days) =>
    fc.constantFrom(1_767_225_600_000, Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 1, 7)).map((at) => at + days * 86_400_000),
  );

/** Any condition on any context that JSON can carry. */
export const anywhere: Ground = {
  condition: fc.record(
    {
      operator: fc.constantFrom<Operator>(...OPERATORS),
      property: fc.constantFrom(...NAMES, ...PATHS),
      value: fc.oneof({ weight: 5, arbitrary: wildText }, { weight: 1, arbitrary: fc.array(wildText, { maxLength: 3 }) }),
      ignoreCase: fc.boolean(),
      elements: fc.constantFrom("any", "all"),
    },
    { requiredKeys: ["operator", "property", "value"] },
  ),
  context: fc.record(
    {
      targetingKey: fc.oneof(identifier, wildText),
      attributes: attributes(fc.constantFrom(...NAMES), wildValue),
      now: moment,
    },
    { requiredKeys: [] },
  ),
  beyondFlagsmith: true,
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
  beyondFlagsmith: false,
};
