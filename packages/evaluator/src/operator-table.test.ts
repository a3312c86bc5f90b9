import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttributeValue, type Condition, compile, OPERATORS, segmentsOf } from "./index.ts";
import { anywhere } from "./testing/arbitraries.ts";
import { everything } from "./testing/everything.ts";
import { ELEMENT_EXAMPLES, type Example, type Kind, OPERATOR_TABLE } from "./testing/operator-table.ts";
import { snapshotFor } from "./testing/world.ts";

type Given = AttributeValue | undefined;

function passes(condition: Condition, x: Given): boolean {
  const attributes = x === undefined ? {} : { x };
  return segmentsOf(compile(snapshotFor(condition), everything), { attributes, targetingKey: "ada" }).length > 0;
}

const on = ({ operator, value, options }: Example): Condition => ({ operator, property: "x", value, ...options });

function kindOf(x: Given): Kind {
  if (x === undefined || x === null || typeof x === "object") return "not set";
  if (typeof x === "boolean") return "boolean";
  return typeof x === "number" || /^-?[0-9]+(\.[0-9]+)?$/.test(x) ? "number" : "text";
}

const examples = [...OPERATOR_TABLE.flatMap((row) => row.examples), ...ELEMENT_EXAMPLES];

describe.each(examples)("$operator $value $options", (example) => {
  it.each([...example.passes.map((x) => [x, true] as const), ...example.fails.map((x) => [x, false] as const)])(
    "%j: %s",
    (x, verdict) => {
      expect(passes(on(example), x)).toBe(verdict);
    },
  );
});

it("has every operator, and what a row says of a kind is shown by its examples", () => {
  const plain = OPERATOR_TABLE.filter((row) => row.form === undefined);
  expect(plain.flatMap((row) => row.operators).toSorted()).toEqual(OPERATORS.toSorted());
  for (const row of OPERATOR_TABLE) {
    expect(new Set(row.examples.map(({ operator }) => operator))).toEqual(new Set(row.operators));
    for (const [kind, cell] of Object.entries(row.passes)) {
      if (typeof cell !== "string") continue;
      const ofKind = (side: "passes" | "fails") => row.examples.some((it) => it[side].some((x) => kindOf(x) === kind));
      expect([row.operators, kind, ofKind("passes"), ofKind("fails")]).toEqual([row.operators, kind, true, true]);
    }
  }
});

const valueOf: Readonly<Record<Kind, fc.Arbitrary<Given>>> = {
  "not set": fc.constantFrom(undefined, null, ["pro"], [7], []),
  text: fc.oneof(fc.string(), fc.constantFrom("pro", "1.2.3", "2026-03-01")).filter((text) => kindOf(text) === "text"),
  number: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.integer().map(String),
    fc.constantFrom("1.5", "-0"),
  ),
  boolean: fc.boolean(),
};

describe.each(OPERATOR_TABLE.filter((row) => row.form === undefined))("$operators", ({ operators, passes: cells }) => {
  const always = Object.entries(cells).filter(([, cell]) => typeof cell === "boolean");

  it.each(always)("with an attribute that is %s: always %s", (kind, verdict) => {
    const values = anywhere.condition.map(({ value }) => value);
    fc.assert(
      fc.property(fc.constantFrom(...operators), values, valueOf[kind as Kind], (operator, value, x) => {
        expect(passes({ operator, property: "x", value }, x)).toBe(verdict);
      }),
    );
  });
});
