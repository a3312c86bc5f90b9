import { bucket } from "./bucket.ts";
import { coerce, compareText, memberText, parseLargeInteger, parseNumber, type Scalar, textOf } from "./cast.ts";
import { foldCase } from "./fold.ts";
import { membersOf } from "./members.ts";
import { type Condition, DATE_OPERATORS, type Operator } from "./model.ts";
import { compileProperty, type Read, type Take, takeScalar } from "./property.ts";
import { compareVersions, parseVersion } from "./semver.ts";
import type { Subject } from "./subject.ts";

export type Predicate = (subject: Subject) => boolean;

/**
 * Compiles a pattern to a test that is anchored at the start of the value only; `undefined` for a pattern it refuses.
 * It must take time linear in the value, since both come from strangers. `@halyard/evaluator/regex` has one on RE2.
 */
export type RegexEngine = (pattern: string) => ((value: string) => boolean) | undefined;

/** A test of a value that is set. */
export type Test = (value: Scalar, subject: Subject) => boolean;

/** Makes a test of a condition; `undefined` where its value makes no sense, which nobody passes. */
export type CompileTest = (condition: Condition, scope: ConditionScope) => Test | undefined;

/** Operators beyond Flagsmith's. `@halyard/evaluator/operators` has all of them; a condition whose operator is not given is false. */
export type OperatorSet = Readonly<Partial<Record<Operator, CompileTest>>>;

/** What an environment is compiled with and the evaluator's core is without. */
export interface Extensions {
  readonly regex: RegexEngine | undefined;
  readonly operators: OperatorSet | undefined;
}

export interface ConditionScope extends Extensions {
  /** First half of the hash of a percentage split. */
  readonly seed: string;
}

export const never = (): boolean => false;

export function compileCondition(condition: Condition, scope: ConditionScope): Predicate {
  const read = compileRead(condition);
  if (condition.operator === "IS_SET") return (subject) => read(subject) !== null;
  if (condition.operator === "IS_NOT_SET") return (subject) => read(subject) === null;
  const test = compileTest(condition, scope);
  if (test === undefined) return never;
  if (condition.elements !== undefined) return compileElements(read, test, condition.elements);
  return (subject) => {
    const value = read(subject);
    return value !== null && test(value as Scalar, subject);
  };
}

/** The attribute of a condition on the elements of a list, and every other value in a list of its own. */
function compileElements(read: Read<Given>, test: Test, elements: "any" | "all"): Predicate {
  return (subject) => {
    const given = read(subject);
    if (given === null) return false;
    if (!isList(given)) return test(given, subject);
    const passes = (element: unknown): boolean => {
      const value = takeScalar(element);
      return value !== null && test(value, subject);
    };
    return elements === "any" ? given.some(passes) : given.every(passes);
  };
}

/** A list's elements may be anything; those that are no scalar pass no test. */
export type Given = Scalar | readonly unknown[];

/** Longer lists count as not set, so that nobody's context takes a second to decide. */
const MAX_ELEMENTS = 10_000;

/** A list of nothing counts as not set. */
const takeElements: Take<Given> = (value) => {
  if (!isList(value)) return takeScalar(value);
  return value.length <= MAX_ELEMENTS && value.some((element) => takeScalar(element) !== null) ? value : null;
};

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** What the condition is about. A split without a property is about the identity. */
export function compileRead({ operator, property, elements }: Condition): Read<Given> {
  if (operator === "PERCENTAGE_SPLIT") return property === "" ? (subject) => subject.key : compileProperty(property, takeScalar);
  if (property === NOW && DATE_OPERATORS.includes(operator)) return (subject) => subject.clock;
  return compileProperty<Given>(property, elements === undefined ? takeScalar : takeElements);
}

/** The property, and the value, that is the time itself. No attribute can take its place. */
export const NOW = "$.now";

/** Where a split puts a value, in percent. The text of an identity's key is the key, as an underscore is in no number. */
export function splitPlace(seed: string, value: Scalar): number {
  return bucket([seed, textOf(value)]);
}

export function compileTest(condition: Condition, scope: ConditionScope): Test | undefined {
  const { operator, value } = condition;
  if (operator === "IN") return isIn(condition);
  const further =
    scope.operators !== undefined && Object.hasOwn(scope.operators, operator) ? scope.operators[operator] : undefined;
  if (further !== undefined) return further(condition, scope);
  if (typeof value !== "string") return undefined;
  switch (operator) {
    case "CONTAINS":
      // Flagsmith's API casts both sides to versions here, and a version contains no text.
      return value.endsWith(SEMVER_SUFFIX) ? undefined : contains(condition, value);
    case "NOT_CONTAINS": {
      const holds = contains(condition, value);
      return (given, subject) => typeof coerce(given) === "string" && !holds(given, subject);
    }
    case "REGEX":
      return compilePattern(value, scope.regex);
    case "MODULO":
      return modulo(value);
    case "PERCENTAGE_SPLIT":
      return split(value, scope.seed);
    default:
      return comparison(condition, value);
  }
}

/** Texts as the condition compares them. */
export function foldOf({ ignoreCase }: Condition): (text: string) => string {
  return ignoreCase === true ? foldCase : (text) => text;
}

function contains(condition: Condition, text: string): Test {
  const fold = foldOf(condition);
  const wanted = fold(text);
  return (given) => {
    const value = coerce(given);
    return typeof value === "string" && fold(value).includes(wanted);
  };
}

const SEMVER_SUFFIX = ":semver";

/** Whether a relation holds, from the order of the given value and the condition's: negative, zero, positive, or NaN. */
const RELATIONS: Partial<Record<Operator, (order: number) => boolean>> = {
  EQUAL: (order) => order === 0,
  NOT_EQUAL: (order) => order !== 0,
  GREATER_THAN: (order) => order > 0,
  GREATER_THAN_INCLUSIVE: (order) => order >= 0,
  LESS_THAN: (order) => order < 0,
  LESS_THAN_INCLUSIVE: (order) => order <= 0,
};

/** The condition's text takes the type of the value; where it cannot, even NOT_EQUAL is false. */
function comparison(condition: Condition, source: string): Test | undefined {
  const { operator } = condition;
  const holds = Object.hasOwn(RELATIONS, operator) ? RELATIONS[operator] : undefined;
  if (holds === undefined) return undefined;
  const fold = condition.ignoreCase === true && (operator === "EQUAL" || operator === "NOT_EQUAL") ? foldCase : undefined;
  const text = fold?.(source) ?? source;
  const number = parseNumber(text);
  const large = parseLargeInteger(text) ?? number;
  const truth = text === "False" || text === "false" ? 0 : 1;
  const compareString = text.endsWith(SEMVER_SUFFIX) ? semverOrder(text) : (value: string) => compareText(value, text);
  return (given) => {
    const value = coerce(given);
    if (typeof value === "string") {
      const order = compareString(fold?.(value) ?? value);
      return order !== undefined && holds(order);
    }
    if (typeof value === "boolean") return holds(Number(value) - truth);
    const other = typeof value === "bigint" ? large : number;
    return other !== undefined && holds(value < other ? -1 : value > other ? 1 : Number.isNaN(value) ? Number.NaN : 0);
  };
}

function semverOrder(text: string): (value: string) => number | undefined {
  const theirs = parseVersion(text.slice(0, -SEMVER_SUFFIX.length));
  return (value) => {
    const mine = theirs && parseVersion(value);
    return mine && compareVersions(mine, theirs);
  };
}

export function isIn(condition: Condition): Test {
  const members = membersOf(condition);
  const fold = foldOf(condition);
  return (given) => {
    const text = memberText(given);
    return text !== undefined && members.has(fold(text));
  };
}

export function compilePattern(pattern: string, engine: RegexEngine | undefined): Test | undefined {
  const matches = engine?.(pattern);
  return matches && ((given) => matches(textOf(given)));
}

/** `"<divisor>|<remainder>"`; the remainder has the sign of the divisor, as in Python. */
function modulo(text: string): Test | undefined {
  const parts = text.split("|");
  const divisor = parseNumber(parts[0] ?? "");
  const remainder = parseNumber(parts[1] ?? "");
  if (parts.length !== 2 || divisor === undefined || remainder === undefined || divisor === 0) return undefined;
  return (given) => {
    const value = coerce(given);
    if (typeof value === "string") return false;
    const rest = Number(value) % divisor;
    return (rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest) === remainder;
  };
}

function split(text: string, seed: string): Test | undefined {
  const limit = splitLimit(text);
  return limit === undefined ? undefined : (given) => splitPlace(seed, given) <= limit;
}

/** The last place that is in, in percent. */
export function splitLimit(text: string): number | undefined {
  return parseNumber(text);
}
