import type { Condition, Operator } from "@halyard/evaluator/model";

/** How an operator is written in menus and in sentences; `value` says which editor its value has. */
interface OperatorWords {
  readonly label: string;
  readonly value: "text" | "list" | "percent" | "modulo" | "pattern" | "date" | "range" | "none";
}

/** In the order of the menu. */
export const OPERATOR_WORDS: Readonly<Record<Operator, OperatorWords>> = {
  EQUAL: { label: "is", value: "text" },
  NOT_EQUAL: { label: "is not", value: "text" },
  IN: { label: "is one of", value: "list" },
  NOT_IN: { label: "is none of", value: "list" },
  GREATER_THAN: { label: "is more than", value: "text" },
  GREATER_THAN_INCLUSIVE: { label: "is at least", value: "text" },
  LESS_THAN: { label: "is less than", value: "text" },
  LESS_THAN_INCLUSIVE: { label: "is at most", value: "text" },
  CONTAINS: { label: "contains", value: "text" },
  NOT_CONTAINS: { label: "does not contain", value: "text" },
  STARTS_WITH: { label: "starts with", value: "text" },
  NOT_STARTS_WITH: { label: "does not start with", value: "text" },
  ENDS_WITH: { label: "ends with", value: "text" },
  NOT_ENDS_WITH: { label: "does not end with", value: "text" },
  REGEX: { label: "matches the pattern", value: "pattern" },
  NOT_REGEX: { label: "does not match the pattern", value: "pattern" },
  BEFORE: { label: "is before", value: "date" },
  AFTER: { label: "is after", value: "date" },
  ON: { label: "is on the day", value: "date" },
  SEMVER_RANGE: { label: "is a version in", value: "range" },
  IS_SET: { label: "is known", value: "none" },
  IS_NOT_SET: { label: "is not known", value: "none" },
  PERCENTAGE_SPLIT: { label: "falls in a share of", value: "percent" },
  MODULO: { label: "divided leaves", value: "modulo" },
};

const CODES = new RegExp(`\\b(${Object.keys(OPERATOR_WORDS).join("|")})\\b`, "g");
const isOperator = (code: string): code is Operator => code in OPERATOR_WORDS;

/** What the server says of a condition, with operators called as the menu calls them. */
export const withOperatorWords = (message: string): string =>
  message.replace(CODES, (code) => (isOperator(code) ? `“${OPERATOR_WORDS[code].label}”` : code));

/** The time of evaluation: as a property, or as what a date is compared with. */
export const NOW = "$.now";

const SEMVER = ":semver";
const VERSION = /^\d+\.\d+\.\d+/;
const COMPARISONS: readonly Operator[] = [
  "EQUAL",
  "NOT_EQUAL",
  "GREATER_THAN",
  "GREATER_THAN_INCLUSIVE",
  "LESS_THAN",
  "LESS_THAN_INCLUSIVE",
];

const CASE_OPERATORS: readonly Operator[] = [
  "EQUAL",
  "NOT_EQUAL",
  "CONTAINS",
  "NOT_CONTAINS",
  "IN",
  "NOT_IN",
  "STARTS_WITH",
  "NOT_STARTS_WITH",
  "ENDS_WITH",
  "NOT_ENDS_WITH",
];

/** Patterns say it themselves: `(?i)`. */
export const canIgnoreCase = (operator: Operator): boolean => CASE_OPERATORS.includes(operator);
/** Whether its attribute may be a list of which one or each element must pass. */
export const canLookInside = (operator: Operator): boolean => operator !== "PERCENTAGE_SPLIT";
export const canBeVersion = (operator: Operator): boolean => COMPARISONS.includes(operator);
export const isVersion = (value: string): boolean => value.endsWith(SEMVER);
export const looksLikeVersion = (value: string): boolean => VERSION.test(value);
export const withoutVersion = (value: string): string => (isVersion(value) ? value.slice(0, -SEMVER.length) : value);
export const asVersion = (value: string): string => withoutVersion(value) + SEMVER;

/** The members of an IN, however they are stored: a list, a JSON list, or text with commas. */
export function listOf(value: Condition["value"]): readonly string[] {
  if (typeof value !== "string") return value;
  if (value.startsWith("[")) {
    try {
      const list: unknown = JSON.parse(value);
      if (Array.isArray(list)) return list.map((it) => (typeof it === "string" ? it : JSON.stringify(it)));
    } catch {
      // No JSON: text with commas, as the evaluator reads it.
    }
  }
  return value === "" ? [] : value.split(",");
}

/** What somebody pasted or typed: one member a line, or separated by commas or tabs; blanks around and repetitions go. */
export const membersIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\n\r,\t]+/)
      .map((it) => it.trim())
      .filter((it) => it !== ""),
  ),
];

export const textOf = (value: Condition["value"]): string => (typeof value === "string" ? value : value.join(","));

/** `"3|0"` as its two numbers. */
export function moduloOf(value: Condition["value"]): { readonly divisor: string; readonly remainder: string } {
  const [divisor = "", remainder = ""] = textOf(value).split("|");
  return { divisor, remainder };
}

/** The condition with another operator; what it held is kept where the new one can hold it. */
export function withOperator(condition: Condition, operator: Operator): Condition {
  return {
    ...valueFor(condition, operator),
    ...(condition.ignoreCase && canIgnoreCase(operator) && { ignoreCase: true }),
    ...(condition.elements && canLookInside(operator) && { elements: condition.elements }),
  };
}

function valueFor(condition: Condition, operator: Operator): Condition {
  const before = OPERATOR_WORDS[condition.operator].value;
  const kind = OPERATOR_WORDS[operator].value;
  const kept = before === kind || (isTyped(before) && isTyped(kind));
  // Only dates are compared with the time.
  const property = condition.property === NOW && kind !== "date" ? "" : condition.property;
  if (kind === "list" && before === "list") return { operator, property, value: listOf(condition.value) };
  if (kind === "list") return { operator, property, value: listOf(withoutVersion(textOf(condition.value))) };
  if (kind === "none") return { operator, property, value: "" };
  if (kept)
    return { operator, property, value: canBeVersion(operator) ? condition.value : withoutVersion(textOf(condition.value)) };
  if (kind === "percent") return { operator, property, value: "50" };
  if (kind === "modulo") return { operator, property, value: "2|0" };
  return { operator, property, value: before === "list" && kind !== "date" ? textOf(condition.value) : "" };
}

/** Values that are written as text, so that one may stand where another stood. */
const isTyped = (kind: OperatorWords["value"]): boolean => kind === "text" || kind === "pattern" || kind === "range";
