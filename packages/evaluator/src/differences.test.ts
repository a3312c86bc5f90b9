import { describe, expect, it } from "vitest";
import { type AttributeValue, type Condition, type Context, compile, evaluate, type Operator } from "./index.ts";
import { everything } from "./testing/everything.ts";
import { askFlagsmith } from "./testing/flagsmith.ts";
import { flag, identityOverride, snapshot, snapshotFor } from "./testing/world.ts";

/** Each row is a row of docs/evaluation.md. `ours` is also what Flagsmith's Python engine answers, unless the row says otherwise. */
interface Difference {
  readonly row: string;
  readonly condition: Condition;
  readonly context: Context;
  readonly ours: boolean;
}

function row(
  name: string,
  condition: Condition,
  given: { readonly x?: AttributeValue; readonly ours: boolean } & Partial<Context>,
): Difference {
  const { x, ours, ...context } = given;
  return {
    row: name,
    condition,
    context: { targetingKey: "user-1", ...(x !== undefined && { attributes: { x } }), ...context },
    ours,
  };
}

function on(operator: Operator, value: string | readonly string[], property = "x"): Condition {
  return { operator, property, value };
}

describe("differs on purpose from flagsmith-nodejs", () => {
  it.each([
    row("text that is a number, compared", on("GREATER_THAN", "9"), { x: "10", ours: true }),
    row("text that is a number, in a list", on("IN", "007"), { x: "007", ours: false }),
    row("text that is a number, searched", on("CONTAINS", "0"), { x: "707", ours: false }),
    row("text that is a number, not containing", on("NOT_CONTAINS", "9"), { x: "707", ours: false }),
    row("fraction in a list", on("IN", "1.5"), { x: 1.5, ours: false }),
    row("falsy value in a list", on("IN", "0,1"), { x: 0, ours: true }),
    row("empty text in a list", on("IN", "a,"), { x: "", ours: true }),
    row("elements of a list that are no text", on("IN", "[7,8]"), { x: 7, ours: true }),
    row("REGEX is anchored at the start", on("REGEX", "ro"), { x: "pro", ours: false }),
    row("REGEX has no look-around (Python has it too)", on("REGEX", "(?=p)pro"), { x: "pro", ours: false }),
    row("REGEX sees code points", on("REGEX", "^.$"), { x: "👍", ours: true }),
    row("REGEX of nothing", on("REGEX", ""), { x: "pro", ours: true }),
    row("booleans as text", on("REGEX", "True"), { x: true, ours: true }),
    row("MODULO has the divisor's sign", on("MODULO", "3|1"), { x: -2, ours: true }),
    row("MODULO of a boolean", on("MODULO", "2|1"), { x: true, ours: true }),
    row("MODULO of text that only begins with a number", on("MODULO", "2|1"), { x: "3rd", ours: false }),
    row("number with something behind it", on("EQUAL", "7 days"), { x: 7, ours: false }),
    row("NOT_EQUAL of a number and a word", on("NOT_EQUAL", "pro"), { x: 7, ours: false }),
    row("CONTAINS of a version", on("CONTAINS", "1.2:semver"), { x: "1.2.3", ours: false }),
    row("NOT_EQUAL of versions ignores build metadata", on("NOT_EQUAL", "1.2.3:semver"), { x: "1.2.3+build", ours: false }),
    row("versions are strict", on("EQUAL", "1.2.3:semver"), { x: "v1.2.3", ours: false }),
    row("order of text by code points", on("GREATER_THAN", "～"), { x: "😀", ours: true }),
    row("a trait splits by its plain name", on("PERCENTAGE_SPLIT", "100"), { x: "acme", ours: true }),
    row("a trait named like a path wins", on("EQUAL", "Staging", "$.environment.name"), {
      attributes: { "$.environment.name": "Staging" },
      ours: true,
    }),
    row("a dot path holds one plain name", on("IS_SET", "", "$.identity.traits.a-b"), { attributes: { "a-b": 1 }, ours: false }),
    row("paths to other things (Python has them too)", on("IS_SET", "", "$.environment.key"), { ours: false }),
    row("blank property", on("IS_NOT_SET", "", ""), { ours: true }),
    row("trait that is missing but a member of every object", on("IS_SET", "", "constructor"), { ours: false }),
    row("CONTAINS of nothing", on("CONTAINS", ""), { x: "", ours: true }),
    row("boolean and version", on("EQUAL", "1.2.3:semver"), { x: true, ours: true }),
    row("segments without identity", on("IS_NOT_SET", ""), { ours: true, targetingKey: undefined }),
  ])("$row", ({ condition, context, ours }) => {
    const document = snapshotFor(condition);

    const answer = evaluate(compile(document, { ...everything }), "flag", context);
    const flagsmith = askFlagsmith({ snapshot: document, identityOverrides: [], context });

    expect(answer.value).toBe(ours ? "overridden" : "off-the-shelf");
    expect(flagsmith.answers.flag?.value).toBe(ours ? "off-the-shelf" : "overridden");
  });
});

describe("differs on purpose from Flagsmith's Python engine", () => {
  it.each([
    row("whole number compared to a fraction: Python cannot cast it", on("LESS_THAN", "18.5"), { x: 18, ours: true }),
    row("pattern that cannot be compiled: Python raises", on("REGEX", "("), { x: "pro", ours: false }),
    row("divisor 0: Python raises", on("MODULO", "0|0"), { x: 0, ours: false }),
    row("condition's number written with an underscore, or inf, or nan", on("EQUAL", "1_0"), { x: 10, ours: false }),
  ])("$row", ({ condition, context, ours }) => {
    const answer = evaluate(compile(snapshotFor(condition), { ...everything }), "flag", context);

    expect(answer.value).toBe(ours ? "overridden" : "off-the-shelf");
  });

  it("identity overrides are found by the exact identifier, also one that is a number or has a comma", () => {
    const override = identityOverride();
    const compiled = compile(snapshot({ flags: [flag()] }), {
      identityOverrides: ["007", "a,b"].map((identifier) => ({ identifier, overrides: [override] })),
    });

    const values = ["007", "7", "a,b", "a", "b"].map((targetingKey) => evaluate(compiled, "flag", { targetingKey }).value);

    expect(values).toEqual(["personal", "off-the-shelf", "personal", "off-the-shelf", "off-the-shelf"]);
  });
});
