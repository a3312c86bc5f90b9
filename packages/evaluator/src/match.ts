import { bucket } from "./bucket.ts";
import { coerce, compareText, memberText, parseLargeInteger, parseNumber, type Scalar, textOf } from "./cast.ts";
import type { Condition, Operator } from "./model.ts";
import { compileProperty, type Read } from "./property.ts";
import { compareVersions, parseVersion } from "./semver.ts";
import type { Subject } from "./subject.ts";

export type Predicate = (subject: Subject) => boolean;

/**
 * Compiles a pattern to a test that is anchored at the start of the value only; `undefined` for a pattern it refuses.
 * It must take time linear in the value, since both come from strangers. `@halyard/evaluator/regex` has one on RE2.
 */
export type RegexEngine = (pattern: string) => ((value: string) => boolean) | undefined;

export interface ConditionScope {
  /** First half of the hash of a percentage split. */
  readonly seed: string;
  readonly regex: RegexEngine | undefined;
}

/** A test of a value that is set. */
type Test = (value: Scalar) => boolean;

export const never = (): boolean => false;

export function compileCondition(condition: Condition, scope: ConditionScope): Predicate {
  const read = compileRead(condition);
  if (condition.operator === "IS_SET") return (subject) => read(subject) !== null;
  if (condition.operator === "IS_NOT_SET") return (subject) => read(subject) === null;
  const test = compileTest(condition, scope);
  if (test === undefined) return never;
  return (subject) => {
    const value = read(subject);
    return value !== null && test(value);
  };
}

/** What the condition is about. A split without a property is about the identity. */
export function compileRead({ operator, property }: Condition): Read {
  return operator === "PERCENTAGE_SPLIT" && property === "" ? (subject) => subject.key : compileProperty(property);
}

/** Where a split puts a value, in percent. The text of an identity's key is the key, as an underscore is in no number. */
export function splitPlace(seed: string, value: Scalar): number {
  return bucket([seed, textOf(value)]);
}

function compileTest({ operator, value }: Condition, scope: ConditionScope): Test | undefined {
  if (operator === "IN") return isIn(value);
  if (typeof value !== "string") return undefined;
  switch (operator) {
    case "CONTAINS":
      // Flagsmith's API casts both sides to versions here, and a version contains no text.
      return value.endsWith(SEMVER_SUFFIX) ? undefined : (given) => textual(given)?.includes(value) ?? false;
    case "NOT_CONTAINS":
      return (given) => !(textual(given)?.includes(value) ?? true);
    case "REGEX":
      return regex(value, scope.regex);
    case "MODULO":
      return modulo(value);
    case "PERCENTAGE_SPLIT":
      return split(value, scope.seed);
    default:
      return comparison(operator, value);
  }
}

function textual(value: Scalar): string | undefined {
  const coerced = coerce(value);
  return typeof coerced === "string" ? coerced : undefined;
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
function comparison(operator: Operator, text: string): Test | undefined {
  const holds = Object.hasOwn(RELATIONS, operator) ? RELATIONS[operator] : undefined;
  if (holds === undefined) return undefined;
  const number = parseNumber(text);
  const large = parseLargeInteger(text) ?? number;
  const truth = text === "False" || text === "false" ? 0 : 1;
  const compareString = text.endsWith(SEMVER_SUFFIX) ? semverOrder(text) : (value: string) => compareText(value, text);
  return (given) => {
    const value = coerce(given);
    if (typeof value === "string") {
      const order = compareString(value);
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

function isIn(value: Condition["value"]): Test {
  const members = new Set(typeof value === "string" ? listOf(value) : value);
  return (given) => {
    const text = memberText(given);
    return text !== undefined && members.has(text);
  };
}

/** Text that starts with `[` is a JSON list if it can be read as one; all other text is split at commas, spaces kept. */
function listOf(text: string): readonly string[] {
  if (text.startsWith("[")) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list)) return list.map(elementText);
    } catch {
      // Not JSON: Flagsmith reads it as comma-separated text then.
    }
  }
  return text.split(",");
}

function elementText(element: unknown): string {
  if (typeof element === "string") return element;
  if (typeof element === "number" || typeof element === "boolean") return textOf(element);
  return element === null ? "None" : JSON.stringify(element);
}

function regex(pattern: string, engine: RegexEngine | undefined): Test | undefined {
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
